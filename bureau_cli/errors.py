"""What can go wrong, as one tree. Each leaf owns its code, its exit code and what to do about it.

BureauError
├── Bug                       1   bug, answer_invalid, output_failed
├── UsageError                2   usage, config_invalid, file_invalid, place_invalid, where_invalid …
├── NotAllowed                4   unauthenticated, token_expired, credential_missing, keyring_locked, role_forbids …
├── NotFound                  5   client_not_found, group_not_found, user_not_found …
├── Conflict                  6   group_exists, precondition_failed …
├── Refused                   7   needs_yes, declined, writes_denied, rule_forbids …
├── Pending                   8   job_pending, job_needs_authentication
├── Unknown                  10   (nothing yet)
├── TryAgain                 75   network, timeout, rate_limited, busy, deadline_passed, lock_held
└── Stopped             130, 143  interrupted, terminated

An error holds parts (what happened, to whom, what to do), never finished text: the parts may quote a server or a file,
and only the place that prints makes them safe. A leaf's docstring is what `bureau explain CODE` tells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import ClassVar


class ExitCode(IntEnum):
    """The public promise of `docs/exit-codes.md`; a script may rely on every number."""

    DONE = 0
    BUG = 1
    USAGE = 2
    PARTIAL = 3
    NOT_ALLOWED = 4
    NOT_FOUND = 5
    CONFLICT = 6
    REFUSED = 7
    PENDING = 8
    FINDING = 9
    UNKNOWN = 10
    TRY_AGAIN = 75
    INTERRUPTED = 130
    TERMINATED = 143


EXIT_MEANINGS: dict[ExitCode, str] = {
    ExitCode.DONE: "done; also nothing found, nothing to do, the reader closed the pipe",
    ExitCode.BUG: "a bug, ours or the platform's; the answer cannot be trusted",
    ExitCode.USAGE: "usage, a bad input file or a bad configuration: nothing was changed",
    ExitCode.PARTIAL: "a plan of many was run and one or more items failed; the report says which",
    ExitCode.NOT_ALLOWED: "not signed in, expired, or not allowed",
    ExitCode.NOT_FOUND: "a named thing does not exist",
    ExitCode.CONFLICT: "it changed since the plan, or it is taken already",
    ExitCode.REFUSED: "refused: it needs --yes or a terminal, the profile denies writes, or a rule forbids it",
    ExitCode.PENDING: "accepted, but not finished when the waiting ended",
    ExitCode.FINDING: "a finding: a gate not met, drift, a difference asked for",
    ExitCode.UNKNOWN: "unknown: data missing or too old; never to be taken for 0",
    ExitCode.TRY_AGAIN: "temporary: network, overload, a lock held, the deadline passed; run it again",
    ExitCode.INTERRUPTED: "interrupted by Ctrl-C",
    ExitCode.TERMINATED: "terminated by a signal",
}


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing wrong among several: where it is, and what is wrong with it."""

    where: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing the platform found wrong with what it was sent.

    `index` is the item's place in the list it stands in, `position` the character in an expression, and `candidates`
    what an ambiguous word may have meant; each is None or empty where it does not apply.
    """

    message: str
    index: int | None = None
    position: int | None = None
    candidates: tuple[str, ...] = ()


class BureauError(Exception):
    """The root: never raised itself."""

    code: ClassVar[str] = ""
    exit_code: ClassVar[ExitCode] = ExitCode.BUG
    default_fix: ClassVar[str | None] = None

    def __init__(
        self,
        message: str,
        *,
        fix: str | None = None,
        details: Sequence[Detail] = (),
        request_id: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.fix = fix or self.default_fix
        self.details = tuple(details)
        self.request_id = request_id
        self.findings: Sequence[Finding] = ()
        """What the platform found wrong, part by part, where the error is its answer."""
        self.resent = False
        """Whether an earlier attempt of the same request may have reached the platform."""

    @classmethod
    def leaves(cls) -> Iterator[type[BureauError]]:
        """Every error that has a code of its own, in the order of this file."""
        for child in cls.__subclasses__():
            if child.code:
                yield child
            yield from child.leaves()


# --- 1 -----------------------------------------------------------------------------------------------------------


class Bug(BureauError):
    """Something is broken that no other command will mend."""

    exit_code = ExitCode.BUG


class UnexpectedFault(Bug):
    """bureau itself failed in a way nobody foresaw. Nothing more was sent after the fault.

    Run the command again with BUREAU_DEBUG=1 to see where, and send us that text; it holds no secret.
    """

    code = "bug"
    default_fix = "run it again with BUREAU_DEBUG=1 and send us the text"


class AnswerInvalid(Bug):
    """The platform answered something its own contract does not allow.

    Examples: a page that repeats, a client listed twice, a value of the wrong type. The list cannot be trusted to be
    whole, so nothing is shown as if it were. Tell the platform's support, with the request id.
    """

    code = "answer_invalid"
    default_fix = "tell the platform's support, with the request id"


class OutputFailed(Bug):
    """The answer could not be written: the disk is full, the folder cannot be written, or stdout is closed.

    A file that was there before is untouched.
    """

    code = "output_failed"
    default_fix = "free space, or choose another place"


# --- 2 -----------------------------------------------------------------------------------------------------------


class UsageError(BureauError):
    """The command, its options, an input file or the configuration is wrong; nothing was changed."""

    exit_code = ExitCode.USAGE


class BadUsage(UsageError):
    """An option or argument is missing, unknown, or does not go with another."""

    code = "usage"


class ConfigInvalid(UsageError):
    """The configuration file or a BUREAU_ variable has an unknown key or a value of the wrong kind.

    The line names the key and where it was read; secrets are never shown.
    """

    code = "config_invalid"
    default_fix = "correct it in config.toml"


class ConfigKeyUnknown(UsageError):
    """No setting has this name, or it is not said in the place it was to be said in."""

    code = "config_key_unknown"
    default_fix = "bureau config list"


class EditorFailed(UsageError):
    """The editor could not be started, or ended with a fault. The configuration is as it was.

    The editor is the command in VISUAL, or else in EDITOR, or else vi.
    """

    code = "editor_failed"
    default_fix = "set EDITOR to an editor that is here"


class FileInvalid(UsageError):
    """An input file cannot be read as a list: missing, too large, damaged, or without the column asked for."""

    code = "file_invalid"
    default_fix = "give a list as txt, csv or xlsx with --clients @FILE, or on stdin with --clients -"


class DocumentInvalid(UsageError):
    """A file that describes what is wanted, or a saved plan, cannot be read as one; the line tells the place in it.

    `bureau groups list -o toml` and `bureau access list -o toml` write such files, and --plan-out a plan.
    """

    code = "document_invalid"
    default_fix = "bureau groups list -o toml, or bureau access list -o toml, shows what such a file looks like"


class PlanForeign(UsageError):
    """The saved plan was made for another profile, platform, bureau or user; elsewhere it might mean something else.

    Sign in as whoever made it, or plan again.
    """

    code = "plan_foreign"
    default_fix = "plan again with --plan-out FILE"


class RunUnreadable(UsageError):
    """The journal of the run is damaged, or was never written whole; in the latter case nothing was sent.

    `bureau doctor` names the file. What the platform has now can be looked at with the lists.
    """

    code = "run_unreadable"
    default_fix = "bureau doctor"


class SnapshotUnreadable(UsageError):
    """A snapshot kept here is damaged, was made by a newer bureau, or is something else under that name.

    It is written whole or not at all, so it was changed since. Nothing of it is shown: half a snapshot looks whole.
    """

    code = "snapshot_unreadable"
    default_fix = "remove it: bureau snapshot delete NAME"


class SnapshotLacks(UsageError):
    """What was asked for is not in the snapshot, which is one period as it was seen on one day.

    It holds the lists as they were, and narrows them by group, owner, client, state and day; it cannot weigh an
    expression (--where), another period, or figures that the platform would have had to add up for a selection.
    """

    code = "snapshot_lacks"
    default_fix = "leave out --as-of to ask the platform"


class FileExists(UsageError):
    """The file to be written is there already and is not to be replaced unasked."""

    code = "file_exists"
    default_fix = "add --force to replace it"


class PlaceInvalid(UsageError):
    """A place to write to is none: its folder is missing, or it is itself a folder, a link or a device."""

    code = "place_invalid"
    default_fix = "name a file in a folder that is there"


class InvalidRequest(UsageError):
    """The platform refused a value: too long, out of range, or of the wrong form."""

    code = "invalid_request"
    default_fix = "add --help to see what the command takes"


class WhereInvalid(UsageError):
    """The expression after --where, or the rule of a group, cannot be read. The caret shows the place.

    Fields are compared with ==, !=, <, <=, >, >=, `in (…)` and `contains`, and joined with and, or, not and
    parentheses: payday == 20 and status == "active". The fields are number, name, orgnr, form, status, payday, zone,
    sector, owner, member, group, employees, onboarded, left, linked_via, access, altinn_settings and delegation.
    A rule means the same whoever looks, so it names no group, no access and no me.
    """

    code = "where_invalid"
    default_fix = "bureau explain where_invalid"


class WindowTooLong(UsageError):
    """From the first day asked for to the last there are more days than the platform answers for at once: 400."""

    code = "window_too_long"
    default_fix = "ask for the days in parts, each with --from and --to"


class LawUnknown(UsageError):
    """What the law says in the term or months asked for is not known to the platform, so it works out nothing: 400.

    Rates, fribeløp and accounts hold from one day to another. Those of a year to come are added when they are decided.
    """

    code = "law_unknown"
    default_fix = "ask for a term whose rates are known; early in a year --term last, of a pack --period last"


class OrderInvalid(UsageError):
    """An order of tax cards may name 1000 people, and one client where it asks for changes."""

    code = "order_invalid"


class CursorInvalid(UsageError):
    """A page marker was used with another query than the one that made it."""

    code = "cursor_invalid"


class ClientAmbiguous(UsageError):
    """A name after --clients fits several clients. Use the orgnr or the client number instead."""

    code = "client_ambiguous"
    default_fix = "use the orgnr or the client number"


class MethodNotAllowed(UsageError):
    """The path of `bureau api` does not take this method."""

    code = "method_not_allowed"


class PayloadTooLarge(UsageError):
    """The request is larger than the platform takes."""

    code = "payload_too_large"


class UnsupportedMediaType(UsageError):
    """The platform does not take a body of this type."""

    code = "unsupported_media_type"


class UnsupportedGrantType(UsageError):
    """The platform does not offer this way of signing in."""

    code = "unsupported_grant_type"


# --- 4 -----------------------------------------------------------------------------------------------------------


class NotAllowed(BureauError):
    """Not signed in, expired, or without the right."""

    exit_code = ExitCode.NOT_ALLOWED


class Unauthenticated(NotAllowed):
    """The platform does not accept the token: unknown, of another bureau, or of a user who has left."""

    code = "unauthenticated"
    default_fix = "bureau auth login, with the same --profile"


class TokenExpired(NotAllowed):
    """The token was right, but its time is over."""

    code = "token_expired"
    default_fix = "bureau auth login, with the same --profile"


class InvalidClient(NotAllowed):
    """The platform does not know these client credentials: the id or the secret is wrong, or was withdrawn."""

    code = "invalid_client"
    default_fix = "bureau auth login --client-id ID"


class InvalidGrant(NotAllowed):
    """The platform does not take the static access token in exchange: it is unknown or was withdrawn."""

    code = "invalid_grant"
    default_fix = "bureau auth login"


class CredentialMissing(NotAllowed):
    """The profile's credential store holds no secret, or nothing that could be one.

    A secret is taken from exactly the store the profile names; another is never tried in its stead. `bureau auth
    login` puts one there, `bureau auth status` tells where it is looked for.
    """

    code = "credential_missing"
    default_fix = "bureau auth login, with the same --profile"


class CredentialExposed(NotAllowed):
    """A file with a secret can be reached by others, so it is not used.

    It must be a file, no link, of the user's own with mode 0600, and in our own folder of mode 0700. Whoever could
    read it may have done so: mend the mode, and ask for another secret where that matters.
    """

    code = "credential_exposed"


class KeyringAbsent(NotAllowed):
    """There is no keyring here that a secret may be put into.

    Keyrings are the Secret Service (GNOME Keyring, KeePassXC), KWallet and the macOS keychain; what keeps secrets in
    plain text or nowhere is not taken for one. On a server there is usually none: keep the secret in a private file
    with `bureau auth login --store file`.
    """

    code = "keyring_absent"
    default_fix = "keep the secret in a private file: bureau auth login, with --store file"


class KeyringLocked(NotAllowed):
    """The keyring is there, but locked. bureau opens no window to ask for its password.

    Unlock it (it usually opens when you sign in to the desktop), or keep the secret in a private file with
    `bureau auth login --store file`.
    """

    code = "keyring_locked"
    default_fix = "unlock it, or keep the secret in a private file: bureau auth login, with --store file"


class KeyringSilent(NotAllowed):
    """The keyring did not answer in time and was given up, so that no command hangs on it.

    It may be waiting for somebody to answer a question on another screen, or have hung. Keep the secret in a private
    file with `bureau auth login --store file` where nobody sits before a screen.
    """

    code = "keyring_silent"
    default_fix = "restart it, or keep the secret in a private file: bureau auth login, with --store file"


class SnapshotForeign(NotAllowed):
    """The snapshot was saved under another profile or as another user, who may have seen more than you may.

    Choose that profile with --profile, or save one of your own.
    """

    code = "snapshot_foreign"
    default_fix = "choose the profile it was saved under with --profile"


class OriginRefused(NotAllowed):
    """A request would have carried the token to another place than the one it belongs to, so it was not sent.

    The token is bound to the scheme, host and port of the profile's base_url; redirects are never followed.
    """

    code = "origin_refused"
    default_fix = "check base_url in the profile"


class BureauNotActivated(NotAllowed):
    """The bureau console is off until an administrator has raised a user to leader (byråløsning leder)."""

    code = "bureau_not_activated"
    default_fix = "an administrator appoints the first leader: bureau users set-role USER leader"


class BureauNotEligible(NotAllowed):
    """The bureau neither runs its own pay on the platform nor has onboarded a client."""

    code = "bureau_not_eligible"


class RoleForbids(NotAllowed):
    """Your role in the bureau does not include this. A leader or an administrator can do it or raise your role."""

    code = "role_forbids"
    default_fix = "ask a leader of the bureau"


class OwnRole(NotAllowed):
    """Nobody changes their own role in the bureau, but for an administrator who becomes leader."""

    code = "own_role"
    default_fix = "ask another administrator or leader"


class NoAccess(NotAllowed):
    """You can see the client, but have no access to it. A leader can grant it."""

    code = "no_access"
    default_fix = "ask a leader of the bureau for access"


# --- 5 -----------------------------------------------------------------------------------------------------------


class NotFound(BureauError):
    """A named thing does not exist, or is not yours to see."""

    exit_code = ExitCode.NOT_FOUND


class ThingNotFound(NotFound):
    """There is nothing at this path, or nothing you may see."""

    code = "not_found"


class ClientNotFound(NotFound):
    """No client has this orgnr, number or name."""

    code = "client_not_found"
    default_fix = "bureau clients list --fields number,orgnr,name"


class GroupNotFound(NotFound):
    """No group has this name."""

    code = "group_not_found"
    default_fix = "bureau groups list"


class UserNotFound(NotFound):
    """No user of the bureau has this login, or the user has left."""

    code = "user_not_found"
    default_fix = "bureau users list"


class SelectionNotFound(NotFound):
    """The frozen selection is gone; it lives for a day."""

    code = "selection_not_found"
    default_fix = "run the command again"


class EmployeeNotFound(NotFound):
    """The client has no employee of this id."""

    code = "employee_not_found"


class JobNotFound(NotFound):
    """No job has this id, or it belongs to somebody else."""

    code = "job_not_found"


class ProfileNotFound(NotFound):
    """The configuration file has no profile of this name."""

    code = "profile_not_found"


class RunNotFound(NotFound):
    """This machine has no journal of such a run: it ran elsewhere or long ago, or was thrown away with its profile."""

    code = "run_not_found"
    default_fix = "bureau history list"


class SnapshotNotFound(NotFound):
    """This machine keeps no snapshot of this name, nor one of such a period, for the profile and its user."""

    code = "snapshot_not_found"
    default_fix = "bureau snapshot list"


class ScheduleNotFound(NotFound):
    """Nothing of this name is started by the clock, neither from the crontab nor by systemd."""

    code = "schedule_not_found"
    default_fix = "bureau schedule list"


class CodeNotFound(NotFound):
    """There is no error with this code."""

    code = "code_not_found"
    default_fix = "bureau explain"


# --- 6 -----------------------------------------------------------------------------------------------------------


class Conflict(BureauError):
    """The world is not as the command took it to be."""

    exit_code = ExitCode.CONFLICT


class GroupExists(Conflict):
    """A group with this name is there already."""

    code = "group_exists"
    default_fix = "choose another name; bureau groups list shows those taken"


class SnapshotExists(Conflict):
    """A snapshot of this name is kept already; one that was saved is never written over."""

    code = "snapshot_exists"
    default_fix = "choose another name, or take it away first: bureau snapshot delete NAME"


class ScheduleExists(Conflict):
    """Something of this name is started by the clock already."""

    code = "schedule_exists"
    default_fix = "choose another name, or take it away first: bureau schedule remove NAME"


class PreconditionFailed(Conflict):
    """Somebody changed it after it was read; nothing was overwritten."""

    code = "precondition_failed"
    default_fix = "look at it again, then repeat the command"


class PlanStale(Conflict):
    """What the saved plan builds on has changed since it was made, or was carried out already; nothing was done."""

    code = "plan_stale"
    default_fix = "plan again with --plan-out FILE"


class RunMoved(Conflict):
    """What the run did is not so any more, or others have built on it, so it cannot be undone as a whole.

    The lines name what moved; nothing was changed.
    """

    code = "run_moved"
    default_fix = "change back by hand what is still to be changed back"


class RunRetried(Conflict):
    """The run was tried again already; what is left of it is left of that later run."""

    code = "run_retried"


class OtherConflict(Conflict):
    """The platform says that the change does not fit what is there now."""

    code = "conflict"


class IdempotencyInProgress(Conflict):
    """The same change is being carried out by another process."""

    code = "idempotency_in_progress"
    default_fix = "wait, then look at the result"


# --- 7 -----------------------------------------------------------------------------------------------------------


class Refused(BureauError):
    """It can be done, but not like this."""

    exit_code = ExitCode.REFUSED


class NeedsYes(Refused):
    """A command that changes something for many asks first; without a terminal it needs --yes.

    A change of many clients shows what it would do with --plan.
    """

    code = "needs_yes"
    default_fix = "add --yes"


class SecretNotAsked(Refused):
    """A secret is asked for on a terminal, and there is none; it is never an argument, which everybody could see.

    A script writes it into stdin: `bureau auth login --token-stdin < FILE`, or `--client-id ID --secret-stdin < FILE`.
    """

    code = "secret_not_asked"
    default_fix = "write it into stdin: --token-stdin, or --secret-stdin with --client-id"


class Declined(Refused):
    """The question was answered with no; nothing was changed."""

    code = "declined"


class WritesDenied(Refused):
    """The profile says writes = "deny". No option overrides that."""

    code = "writes_denied"


class JournalUnwritable(Refused):
    """The journal of a run of many cannot be written, so nothing is sent that could not be taken up again.

    Every such run writes what it is about to do to a private file first. The disk is full, or the folder is not yours
    to write in.
    """

    code = "journal_unwritable"
    default_fix = "free some space, or set XDG_DATA_HOME to a folder that can be written"


class RunForeign(Refused):
    """The run was another profile's, platform's, bureau's or user's: only they try it again or undo it."""

    code = "run_foreign"
    default_fix = "choose the profile it ran under with --profile"


class RunFinal(Refused):
    """What the run did cannot be taken back: tax cards that came are there, and whoever was ordered was told."""

    code = "run_final"
    default_fix = "nothing needs to be done; bureau taxcards list shows the cards"


class RuleForbids(Refused):
    """A rule of the platform forbids the change."""

    code = "rule_forbids"


class AccessInvited(Refused):
    """The client itself invited the user, so only the client can end or limit this access."""

    code = "access_invited"
    default_fix = "ask the client to remove the user"


class AccessGap(Refused):
    """The user has access with days between it and the new one; one access cannot have a gap."""

    code = "access_gap"
    default_fix = "let the days meet, or grant it when the access there is has ended"


class AccessMissing(Refused):
    """The user has no running access to the client, which this takes."""

    code = "access_missing"
    default_fix = "bureau access grant --help"


class AltinnOff(Refused):
    """The bureau's Altinn settings are not used for the client, so nobody can be tagged there."""

    code = "altinn_off"
    default_fix = "bureau altinn enable --help"


class DatePassed(Refused):
    """The day lies before today, or the first day after the last one."""

    code = "date_passed"
    default_fix = "name a day from today on"


class TaxYearNotOpen(Refused):
    """The tax authority gives no cards of that year yet: next year's can be ordered from 15 December."""

    code = "tax_year_not_open"
    default_fix = "wait until 15 December, or name another year with --year"


class TaxYearClosed(Refused):
    """The tax authority gives no cards of that year any more: last year's can be ordered until 30 June."""

    code = "tax_year_closed"
    default_fix = "name another year with --year"


class NoDelegation(Refused):
    """The client has not delegated the rights in Altinn that the bureau needs to order its tax cards."""

    code = "no_delegation"
    default_fix = "bureau altinn list --delegation missing"


class ClientLeft(Refused):
    """The client has left the bureau, and nothing is ordered for it any more."""

    code = "client_left"
    default_fix = "bureau clients list --status left"


class OrderedToday(Refused):
    """The tax card was ordered today already. The tax authority tells a person each time somebody orders theirs."""

    code = "ordered_today"
    default_fix = "wait until tomorrow, or order it once more with --again"


class RefusedToday(Refused):
    """The tax card was ordered today already, and the tax authority's answer has none: what it said then stands."""

    code = "refused_today"
    default_fix = "mend what it refused, or wait until tomorrow; --again orders once more today"


class OrderUnderWay(Refused):
    """The employee is on an order of tax cards that has not ended."""

    code = "order_under_way"
    default_fix = "wait until it has ended: bureau taxcards status"


class EmploymentEnded(Refused):
    """Nothing is paid to the employee any more, and tax cards are ordered only for people to be paid."""

    code = "employment_ended"


class BeginsLater(Refused):
    """The employment begins in more than 30 days, and tax cards are ordered only for people to be paid."""

    code = "begins_later"


class NoEarlierOrder(Refused):
    """Changes were asked for, and no order of all the client's tax cards of that year was completed before."""

    code = "no_earlier_order"
    default_fix = "order all of them once: --mode all"


class AuthorityRefused(Refused):
    """The tax authority refused it, and says why in its own word."""

    code = "authority_refused"
    default_fix = "mend what it names, and order again"


class AnswerMissing(Refused):
    """The tax authority's answer says nothing about it, though it was asked."""

    code = "answer_missing"


class AnswerUnreadable(Refused):
    """What the tax authority answered is not what its answers look like; the message says where in it."""

    code = "answer_unreadable"


class CardOlder(Refused):
    """The tax card was issued before the one that is known, and is not taken in its place."""

    code = "card_older"


class LastOverseer(Refused):
    """One administrator or leader who is here must remain, or nobody could give out roles any more."""

    code = "last_overseer"
    default_fix = "give somebody else the role first"


class OwnerBeginsAtOnce(Refused):
    """An owner begins today. A first day later than that is for members only."""

    code = "owner_begins_at_once"
    default_fix = "leave out --from"


class TrailBroken(Refused):
    """The audit trail is not whole, or does not go on from the anchor kept here, so no new anchor is made of it.

    `bureau audit verify` tells what is wrong. If the bureau was made anew on purpose, as the demo can be, `bureau audit
    anchor --anew` begins again.
    """

    code = "trail_broken"
    default_fix = "bureau audit verify"


class OwnerNeeded(Refused):
    """The client would lose its owner: somebody has to say who owns it next, or that nobody does."""

    code = "owner_needed"
    default_fix = "add --new-owner USER, or --new-owner none"


class UserHasLeft(Refused):
    """The user has left the bureau, and is given nothing any more."""

    code = "user_left"
    default_fix = "bureau users list"


class IdempotencyMismatch(Refused):
    """A key was used before for another change, so the run was stopped. This is a fault in bureau: tell us."""

    code = "idempotency_mismatch"


class EmbeddedOnly(Refused):
    """The command works on the embedded platform only, and the profile names a remote one."""

    code = "embedded_only"
    default_fix = "add --profile demo"


class SchedulerMissing(Refused):
    """The program that starts commands by the clock is not on this machine: cron's `crontab`, or systemd's `systemctl`.

    A server usually has cron, in the package `cron` or `cronie`; `--crontab` and `--systemd` choose.
    """

    code = "scheduler_missing"
    default_fix = "install cron, or choose --systemd"


class SchedulerRefused(Refused):
    """The crontab or systemd would not take it, and says why; nothing was changed.

    A user may be barred from cron (/etc/cron.allow), and systemd needs a session of the user, or lingering.
    """

    code = "scheduler_refused"
    default_fix = "choose the other one, with --crontab or --systemd"


class PlatformRefused(Refused):
    """The embedded platform would not do it, and says why."""

    code = "platform_refused"


# --- 8, 10 -------------------------------------------------------------------------------------------------------


class Pending(BureauError):
    """Accepted by the platform, but not finished when the waiting ended."""

    exit_code = ExitCode.PENDING


class JobPending(Pending):
    """The job goes on at the platform; do not start it again."""

    code = "job_pending"


class JobNeedsAuthentication(Pending):
    """The job stands: somebody has to sign in at the platform, or at the authority that it asks.

    The line says to what. What the job was about is not done; once somebody has signed in, `bureau history retry` has
    it done.
    """

    code = "job_needs_authentication"
    default_fix = "let somebody sign in there, then bureau history retry"


class Unknown(BureauError):
    """The data cannot tell, and silence must not be taken for good news."""

    exit_code = ExitCode.UNKNOWN


# --- 75 ----------------------------------------------------------------------------------------------------------


class TryAgain(BureauError):
    """Nothing is wrong with the command; the same command may work later."""

    exit_code = ExitCode.TRY_AGAIN
    default_fix = "run it again later"


class NetworkFailed(TryAgain):
    """The platform could not be reached, or the connection broke."""

    code = "network"


class AnswerTimeout(TryAgain):
    """The platform did not answer in time."""

    code = "timeout"


class AnswerBroken(TryAgain):
    """The platform's answer was cut off or cannot be read."""

    code = "answer_broken"


class RateLimited(TryAgain):
    """The platform asks for fewer requests, and for longer than it is worth waiting."""

    code = "rate_limited"


class Busy(TryAgain):
    """The platform is overloaded or being maintained."""

    code = "busy"


class InternalFault(TryAgain):
    """The platform failed inside, several times in a row."""

    code = "internal"


class DeadlinePassed(TryAgain):
    """The command did not end within --deadline."""

    code = "deadline_passed"


class LockHeld(TryAgain):
    """Another bureau process holds the lock."""

    code = "lock_held"


# --- 130, 143 ----------------------------------------------------------------------------------------------------


class Stopped(BureauError):
    """The command was told to stop."""


class Interrupted(Stopped):
    """Stopped by Ctrl-C. What was under way was given up.

    A change of many lets what is under way end first, for 5 seconds at most; a second Ctrl-C leaves at once. `bureau
    history retry` takes it up where it ended.
    """

    code = "interrupted"
    exit_code = ExitCode.INTERRUPTED


class Terminated(Stopped):
    """Stopped by a signal from the system; a change of many ends as after Ctrl-C."""

    code = "terminated"
    exit_code = ExitCode.TERMINATED
