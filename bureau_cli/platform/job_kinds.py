"""The kinds of job there are, and what each does."""

from collections.abc import Mapping

from bureau_cli.platform import member_jobs
from bureau_cli.platform.jobs import Kind
from bureau_cli.platform.taxcards import fetching

KINDS: Mapping[str, Kind] = {
    member_jobs.GROUP_MEMBERS: member_jobs.MemberJobs(),
    fetching.TAX_CARDS: fetching.TaxCardJobs(),
}
