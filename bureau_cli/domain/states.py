"""What the states mean that answers show, in a sentence each; `bureau explain STATE` tells it."""

from __future__ import annotations

from collections.abc import Mapping

STATES: Mapping[str, str] = {
    # a client
    "onboarding": "The client is being taken on: its runs are no concern of month-end yet.",
    "active": "The bureau runs the client's payroll.",
    "leaving": "The client has given notice; its payroll still runs.",
    "left": "The bureau no longer runs the client's payroll.",
    "onboarded": "The bureau itself took the client on to the platform.",
    "internal": "The bureau's own company.",
    # who somebody is
    "owner": "The one who answers for a client (ansvarlig); at most one each.",
    "member": "One who works on a client (medarbeider).",
    "leader": "A leader of the bureau (byråløsning leder): the whole console, for all clients.",
    "administrator": "One who looks after users and roles, and everything on clients they have access to.",
    "officer": "A payroll operator (byråløsning lønnsfører): works on the clients they have access to.",
    "none": "No role, or no access.",
    "group": "The right comes with a group.",
    "no_access": "Left out, since you have no access to the client.",
    # what a gate finds wrong
    "has_left": "Somebody who has left the bureau still has access.",
    "no_role": "Somebody has access, but no role in the bureau: they can do nothing with it, until they get one.",
    "nobody": "No user who is here and has a role has access to the client.",
    "no_owner": "The client has no owner (ansvarlig), only members.",
    "never_used": "Access that is older than 90 days and was never used.",
    "unused": "Access that was not used for 90 days.",
    # an owner, held against who ran the latest payroll
    "same": "The owner ran it.",
    "differs": "Somebody else ran it, and nobody chose the owner by hand.",
    "differs_from_manual": "Somebody else ran it; the owner was chosen by hand, or invited by the client.",
    "runner_left": "Who ran it has left the bureau.",
    "no_run": "No payroll was run yet that could tell.",
    # what is wrong with an audit trail
    "edited": "The event does not say any more what it said when it was written.",
    "deleted": "Events are missing from the middle of the trail.",
    "inserted": "The event was put in between others later.",
    "reordered": "The event stands in another place than it was written in.",
    "unlinked": "The event does not follow from the one before it, and nothing tells why.",
    "cut": "The trail ends before the event that an anchor was made of.",
    "rewritten": "The event that an anchor was made of is another one now: the trail was written anew.",
    # a delegation in Altinn
    "granted": "The client has given the bureau its rights in Altinn.",
    "missing": "It is not there: a delegation not given, a completion not installed.",
    # a group, or where access comes from
    "manual": "Chosen by hand: the clients of a group, or who has access.",
    "rule": "By a rule: the group's clients are those that it is true of; access comes from a group or rule in a file.",
    "inferred": "Access that follows from who ran the latest payroll.",
    "client_invited": "The client itself invited the user, so only the client can end the access.",
    # access
    "upcoming": "It begins on a later day.",
    "ended": "It is over.",
    # an item of a change of many
    "planned": "It would be done; nothing was sent.",
    "follows": "Nothing has to be sent for it: it comes with another change, as a group's clients with its rule.",
    "done": "It was done.",
    "unchanged": "It was so already.",
    "refused": "The platform would not do it; the code says why.",
    "failed": "It was not done, or the job ended without doing it.",
    "pending": "It was accepted, or asked for, and is not finished.",
    "not_attempted": "The run ended before it came to this.",
    "unknown": "Nobody can tell: it may or may not be so. Never to be taken for done.",
    # a run of many
    "finished": "The run went through its whole plan.",
    "stopped": "Something ended the run early; `bureau history retry` does the rest.",
    "unfinished": "The run was killed: what it had sent may have been done. `bureau history retry` settles it.",
    # a job
    "queued": "The job waits for its turn.",
    "running": "It goes on: the job or the run of many is at work, the access lasts now.",
    "completed": "The job has done all of its work.",
    "completed_with_errors": "The job has ended; some of its items were refused.",
    "cancelled": "Somebody stopped the job.",
    "needs_authentication": "The job waits for a person to sign in at the platform.",
    # a profile, and what it is signed in with
    "signed_in": "The platform takes what is kept.",
    "signed_out": "Nothing is kept that could sign in.",
    "expired": "What is kept is no longer valid: sign in again.",
    "allow": "Changes are made without asking.",
    "confirm": "Changes are made after a yes.",
    "deny": "Nothing is changed, and no option overrides that.",
    "keyring": "The secret is in the desktop's keyring.",
    "file": "The secret is in a file that only its owner can read.",
    "systemd": "systemd hands the secret to the service.",
    "env": "The secret is in a variable of the environment.",
    # what was looked at
    "ok": "It is as it should be.",
    "warning": "It works, but may not be what you want.",
    "problem": "It does not work, or is not safe; the fix says what to do.",
    "not_checked": "It was not looked at: it does not apply, or was not asked for.",
    "current": "It is that of this version.",
    "stale": "It is that of another version.",
}
