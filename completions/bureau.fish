# Generated from the command tree by `make generate`; do not edit.

# Which command the line is at, and how many arguments follow it; looked at once a line.
function __bureau_look
    set -l line (commandline -opc)
    test "$line" = "$__bureau_line"; and return
    set -g __bureau_line "$line"
    set -g __bureau_command ""
    set -g __bureau_arguments 0
    set -l skip false
    for word in $line[2..-1]
        if $skip
            set skip false
            continue
        end
        switch "$word"
            case --access --action --active --actor --against --anchor --as-of --at --base-url --body --by --client --client-id --clients --code --complete --date --deadline --delay --delegation --ending-within --explain --field --fields --from --from-seq --from-user --group --jitter --jobs --keep --kind --lang --letters --lifetime --limit --lock --max-age --max-failures --member --mode --new-owner --not-group --on --only --out --outcome --output --owner --part --payday --period --plan-out --port --prices --profile --reason --request --result --reveal --reveal-reason --role --rule --run --seed --severity --sha256 --since --sort --source --stale --state --status --store --subject --term --title --to --to-user --today --type --used --user --verdict --watch --where --year -f -o -p
                set skip true
            case '-*'
            case '*'
                switch "$__bureau_command $word"
                    case ' a-melding' ' a-melding list' ' a-melding show' ' a-melding triage' ' access' ' access list' ' access grant' ' access revoke' ' access copy' ' access plan' ' access apply' ' access drift' ' access leave' ' access review' ' altinn' ' altinn list' ' altinn enable' ' altinn disable' ' altinn tag' ' altinn untag' ' altinn apply' ' api' ' audit' ' audit list' ' audit verify' ' audit anchor' ' auth' ' auth login' ' auth status' ' auth logout' ' check' ' check access' ' check closed' ' check reported' ' check a-melding' ' check done' ' check withholding' ' check taxcards' ' clients' ' clients list' ' clients show' ' completion' ' completion show' ' completion install' ' completion status' ' config' ' config list' ' config get' ' config set' ' config path' ' config edit' ' dashboard' ' deadlines' ' diff' ' doctor' ' explain' ' groups' ' groups list' ' groups show' ' groups create' ' groups rename' ' groups set-rule' ' groups delete' ' groups add' ' groups remove' ' groups plan' ' groups apply' ' history' ' history list' ' history show' ' history retry' ' history undo' ' owners' ' owners list' ' owners set' ' owners infer' ' owners move' ' platform' ' platform status' ' platform seed' ' platform reset' ' platform clock' ' platform faults' ' platform token' ' platform serve' ' profiles' ' profiles list' ' profiles show' ' profiles use' ' profiles remove' ' report' ' report mine-klienter' ' report terminoppgave' ' report forbrukslogg' ' report automatiseringsgrad' ' report all' ' report verify' ' runs' ' runs list' ' runs show' ' schedule' ' schedule add' ' schedule list' ' schedule remove' ' snapshot' ' snapshot save' ' snapshot list' ' snapshot show' ' snapshot delete' ' snapshot prune' ' status' ' taxcards' ' taxcards fetch' ' taxcards status' ' taxcards list' ' taxcards changes' ' taxcards import' ' users' ' users list' ' users show' ' users set-role'
                        set -g __bureau_command "$__bureau_command $word"
                    case '*'
                        set -g __bureau_arguments (math $__bureau_arguments + 1)
                end
        end
    end
end

function __bureau_at
    __bureau_look
    contains -- "$__bureau_command" $argv
end

function __bureau_after
    __bureau_look
    test "$__bureau_arguments" = "$argv[1]"; and test "$__bureau_command" = "$argv[2]"
end

# The value that is being typed: what follows the = of a long option, without quotes.
function __bureau_typed
    set -l word (commandline -ct | string replace -r -- '^--[^=]*=' '')
    string unescape -- "$word"; or string unescape -- "$word'"; or string unescape -- "$word\""
end

function __bureau_names
    bureau --complete fish $argv[1] "$(__bureau_typed)" (commandline -opc) 2>/dev/null
end

function __bureau_names_or_file
    set -l typed (__bureau_typed)
    if string match -q -- '@*' "$typed"
        for file in (__fish_complete_path (string sub -s 2 -- "$typed"))
            echo -- "@$file"
        end
        return
    end
    set -l last (string match -r -- '[^,]*$' "$typed")
    set -l head (string sub -e (math -- 0 - (string length -- "$last")) -- "$typed")
    test -n "$last"; or set head "$typed"
    for row in (bureau --complete fish $argv[1] "$last" (commandline -opc) 2>/dev/null)
        echo -- "$head$row"
    end
end

function __bureau_several
    set -l head (__bureau_typed | string match -r -- '^.*,')
    for word in $argv
        echo -- "$head$word"
    end
end

complete -c bureau -f
complete -c bureau -n '__bureau_at ""' -a a-melding -d 'See a-meldinger across clients, and what is wrong with them.'
complete -c bureau -n '__bureau_at ""' -a access -d 'See, give and end access to clients (tilganger), also many at once.'
complete -c bureau -n '__bureau_at ""' -a altinn -d 'See and change where the bureau’s own Altinn settings are used, and by whom.'
complete -c bureau -n '__bureau_at ""' -a api -d 'Ask the platform anything: the raw API, with the same token, repeats and redaction.'
complete -c bureau -n '__bureau_at ""' -a audit -d 'See and verify what was changed, by whom, and what was refused (sporlogg).'
complete -c bureau -n '__bureau_at ""' -a auth -d 'Sign in to a platform, see as whom, and sign out.'
complete -c bureau -n '__bureau_at ""' -a check -d 'Gates: 0 only when it is proven, 9 with what is wrong, 10 if nobody can tell.'
complete -c bureau -n '__bureau_at ""' -a clients -d 'See the bureau’s client companies (lønnsklienter), with or without access to them.'
complete -c bureau -n '__bureau_at ""' -a completion -d 'Let bash, zsh or fish complete commands, options, clients, groups and users.'
complete -c bureau -n '__bureau_at ""' -a config -d 'See and change the settings in config.toml, and where each of them comes from.'
complete -c bureau -n '__bureau_at ""' -a dashboard -d 'See the bureau’s eight key figures (nøkkeltall), with change and trend.'
complete -c bureau -n '__bureau_at ""' -a deadlines -d 'See what is due when: pay days, withholding, a-meldinger, terms (frister).'
complete -c bureau -n '__bureau_at ""' -a diff -d 'Show what has changed between two snapshots, or since one.'
complete -c bureau -n '__bureau_at ""' -a doctor -d 'Look for what is wrong with this installation.'
complete -c bureau -n '__bureau_at ""' -a explain -d 'Tell what a code or a state means, and what to do about it.'
complete -c bureau -n '__bureau_at ""' -a groups -d 'See, make, fill and empty groups of clients (grupper, kategorier).'
complete -c bureau -n '__bureau_at ""' -a history -d 'Runs of many on this machine: see them, do what is left of one, take one back.'
complete -c bureau -n '__bureau_at ""' -a owners -d 'See and change who owns each client (ansvarlig), and hand clients over.'
complete -c bureau -n '__bureau_at ""' -a platform -d 'Look after the embedded platform: its data, clock and faults; serve it on a port.'
complete -c bureau -n '__bureau_at ""' -a profiles -d 'See which platforms there are for you, and choose the one meant where none is named.'
complete -c bureau -n '__bureau_at ""' -a report -d 'Hand on the reports of many clients, and a month’s pack (rapporter).'
complete -c bureau -n '__bureau_at ""' -a runs -d 'See payroll runs across clients, and how far they have come (lønnskjøringer).'
complete -c bureau -n '__bureau_at ""' -a schedule -d 'Have commands started by the clock, from cron or systemd, and see how they went.'
complete -c bureau -n '__bureau_at ""' -a snapshot -d 'Keep a period’s whole answer here (øyeblikksbilde), for --as-of and diff.'
complete -c bureau -n '__bureau_at ""' -a status -d 'See where each client stands in a month: lukket, rapportert, ferdig.'
complete -c bureau -n '__bureau_at ""' -a taxcards -d 'Fetch tax cards for many clients, and see where each stands (skattekort).'
complete -c bureau -n '__bureau_at ""' -a users -d 'See the bureau’s people, and give them roles in it (byråløsning leder, lønnsfører).'
complete -c bureau -n '__bureau_at " a-melding"' -a list -d 'List a-meldinger about a month.'
complete -c bureau -n '__bureau_at " a-melding"' -a show -d 'Show one a-melding.'
complete -c bureau -n '__bureau_at " a-melding"' -a triage -d 'Bring together what is wrong with a month’s a-meldinger.'
complete -c bureau -n '__bureau_at " access"' -a list -d 'List who has access to which client.'
complete -c bureau -n '__bureau_at " access"' -a grant -d 'Give users access to the chosen clients.'
complete -c bureau -n '__bureau_at " access"' -a revoke -d 'End the access of users to the chosen clients.'
complete -c bureau -n '__bureau_at " access"' -a copy -d 'Give one user access wherever another has it.'
complete -c bureau -n '__bureau_at " access"' -a plan -d 'Show who would gain and who would lose for access to be as a file has it, and why.'
complete -c bureau -n '__bureau_at " access"' -a apply -d 'Give everybody the access that a file gives them, or do exactly what a saved plan says.'
complete -c bureau -n '__bureau_at " access"' -a drift -d 'Show where access is no longer as a file has it.'
complete -c bureau -n '__bureau_at " access"' -a leave -d 'End everything that somebody who leaves has.'
complete -c bureau -n '__bureau_at " access"' -a review -d 'List what there is to decide about access, to be signed.'
complete -c bureau -n '__bureau_at " altinn"' -a list -d 'List where the settings are used, by whom, and each client’s delegation.'
complete -c bureau -n '__bureau_at " altinn"' -a enable -d 'Use the bureau’s Altinn settings for the chosen clients.'
complete -c bureau -n '__bureau_at " altinn"' -a disable -d 'Use the bureau’s Altinn settings no longer for the chosen clients.'
complete -c bureau -n '__bureau_at " altinn"' -a tag -d 'Let users use the bureau’s Altinn settings for the chosen clients.'
complete -c bureau -n '__bureau_at " altinn"' -a untag -d 'Let users no longer use the bureau’s Altinn settings for the chosen clients.'
complete -c bureau -n '__bureau_at " altinn"' -a apply -d 'Do exactly what a saved plan of changes to Altinn settings says.'
complete -c bureau -n '__bureau_at " audit"' -a list -d 'List what was changed and what was refused, the newest first.'
complete -c bureau -n '__bureau_at " audit"' -a verify -d 'See whether the trail is whole; it ends with 9 if it is not.'
complete -c bureau -n '__bureau_at " audit"' -a anchor -d 'Keep the number and hash of the last event, to verify the trail by later.'
complete -c bureau -n '__bureau_at " auth"' -a login -d 'Sign a profile in with a token or a client secret, asked for without showing it.'
complete -c bureau -n '__bureau_at " auth"' -a status -d 'Show who the profile is on its platform, until when, and where its secret is kept.'
complete -c bureau -n '__bureau_at " auth"' -a logout -d 'Remove the profile’s secret from its store.'
complete -c bureau -n '__bureau_at " check"' -a access -d 'Check that nobody has access who should not, and that every client has an owner.'
complete -c bureau -n '__bureau_at " check"' -a closed -d 'Check that the month is closed (lukket): no run is open or missing.'
complete -c bureau -n '__bureau_at " check"' -a reported -d 'Check that the month is fully reported (ferdig rapportert).'
complete -c bureau -n '__bureau_at " check"' -a a-melding -d 'Check the month’s a-meldinger: the same as `check reported`.'
complete -c bureau -n '__bureau_at " check"' -a done -d 'Check that the month is closed and fully reported (lukket og ferdig rapportert).'
complete -c bureau -n '__bureau_at " check"' -a withholding -d 'Check that no forskuddstrekk or utleggstrekk of the month’s pay dates is overdue.'
complete -c bureau -n '__bureau_at " check"' -a taxcards -d 'Check that everybody to be paid has a tax card (skattekort), and nobody meets 50 %.'
complete -c bureau -n '__bureau_at " clients"' -a list -d 'List clients: all of them, or those of a group, an owner, a file or an expression.'
complete -c bureau -n '__bureau_at " clients"' -a show -d 'Show one client.'
complete -c bureau -n '__bureau_at " completion"' -a show -d 'Print the script for a shell, to be put where it belongs by other means.'
complete -c bureau -n '__bureau_at " completion"' -a install -d 'Put the script where the shell looks, and tell what your start-up file still needs.'
complete -c bureau -n '__bureau_at " completion"' -a status -d 'See for which shells it is installed, and whether it is that of this version.'
complete -c bureau -n '__bureau_at " config"' -a list -d 'List the settings that hold; secrets are no settings.'
complete -c bureau -n '__bureau_at " config"' -a get -d 'Show one setting; with -o ids its value alone.'
complete -c bureau -n '__bureau_at " config"' -a set -d 'Set a default, or with --profile a setting of that profile.'
complete -c bureau -n '__bureau_at " config"' -a path -d 'Print where config.toml is, or would be.'
complete -c bureau -n '__bureau_at " config"' -a edit -d 'Open config.toml in your editor; what is not valid does not take its place.'
complete -c bureau -n '__bureau_at " groups"' -a list -d 'List the groups and how many clients each holds.'
complete -c bureau -n '__bureau_at " groups"' -a show -d 'Show one group; its clients are `bureau clients list --group GROUP`.'
complete -c bureau -n '__bureau_at " groups"' -a create -d 'Make a group without clients, or one whose clients follow from a rule.'
complete -c bureau -n '__bureau_at " groups"' -a rename -d 'Give a group another name, another title, or both.'
complete -c bureau -n '__bureau_at " groups"' -a set-rule -d 'Let a rule decide who is in a group, or with --manual no rule any more.'
complete -c bureau -n '__bureau_at " groups"' -a delete -d 'Delete a group; its clients stay as they are.'
complete -c bureau -n '__bureau_at " groups"' -a add -d 'Put the chosen clients into a group.'
complete -c bureau -n '__bureau_at " groups"' -a remove -d 'Take the chosen clients out of a group.'
complete -c bureau -n '__bureau_at " groups"' -a plan -d 'Show what would have to change for the groups to be as a file has them.'
complete -c bureau -n '__bureau_at " groups"' -a apply -d 'Make the groups be as a TOML file has them, or do exactly what a saved plan says.'
complete -c bureau -n '__bureau_at " history"' -a list -d 'List the runs of many that this machine has a journal of, the newest first.'
complete -c bureau -n '__bureau_at " history"' -a show -d 'Show each item of a run and how it ended; what is unknown is looked up.'
complete -c bureau -n '__bureau_at " history"' -a retry -d 'Do what is left of a run, and nothing twice.'
complete -c bureau -n '__bureau_at " history"' -a undo -d 'Take back what a run has done, unless it is not so any more.'
complete -c bureau -n '__bureau_at " owners"' -a list -d 'List who owns each client and who ran its payroll.'
complete -c bureau -n '__bureau_at " owners"' -a set -d 'Make one user the owner of the chosen clients.'
complete -c bureau -n '__bureau_at " owners"' -a infer -d 'Make whoever ran the latest payroll the owner.'
complete -c bureau -n '__bureau_at " owners"' -a move -d 'Hand over what one user owns.'
complete -c bureau -n '__bureau_at " platform"' -a status -d 'Show what the embedded platform holds and by which clock it lives.'
complete -c bureau -n '__bureau_at " platform"' -a seed -d 'Replace everything with a fresh demo bureau.'
complete -c bureau -n '__bureau_at " platform"' -a reset -d 'Make the same demo bureau again, without anything that was changed since.'
complete -c bureau -n '__bureau_at " platform"' -a clock -d 'Show the embedded platform’s clock, pin it, move it on or let it go.'
complete -c bureau -n '__bureau_at " platform"' -a faults -d 'Show the faults the embedded platform makes, or choose them.'
complete -c bureau -n '__bureau_at " platform"' -a token -d 'Print a token for a user of the embedded platform, to sign in with where it is served.'
complete -c bureau -n '__bureau_at " platform"' -a serve -d 'Serve the embedded platform on a loopback port until Ctrl-C.'
complete -c bureau -n '__bureau_at " profiles"' -a list -d 'List the profiles.'
complete -c bureau -n '__bureau_at " profiles"' -a show -d 'Show one profile; whether it is signed in is told by `bureau auth status`.'
complete -c bureau -n '__bureau_at " profiles"' -a use -d 'Make a profile the default.'
complete -c bureau -n '__bureau_at " profiles"' -a remove -d 'Remove a profile, its secret and what is kept on this machine for it.'
complete -c bureau -n '__bureau_at " report"' -a mine-klienter -d 'List clients, where they stand and what falls due (mine klienter).'
complete -c bureau -n '__bureau_at " report"' -a terminoppgave -d 'Tell what is to be paid of a term, differences first (termin).'
complete -c bureau -n '__bureau_at " report"' -a forbrukslogg -d 'List what clients used, to be billed on (forbrukslogg).'
complete -c bureau -n '__bureau_at " report"' -a automatiseringsgrad -d 'Tell how much ordinary pay nobody touched (automatiseringsgrad).'
complete -c bureau -n '__bureau_at " report"' -a all -d 'Write every report of a month into a folder: --out FOLDER.'
complete -c bureau -n '__bureau_at " report"' -a verify -d 'Hold a folder of reports against its manifest.'
complete -c bureau -n '__bureau_at " runs"' -a list -d 'List payroll runs, by pay date.'
complete -c bureau -n '__bureau_at " runs"' -a show -d 'Show one payroll run.'
complete -c bureau -n '__bureau_at " schedule"' -a add -d 'Have a command started by the clock, with --cron.'
complete -c bureau -n '__bureau_at " schedule"' -a list -d 'List what is started by the clock: how it went, when it ran and when it runs next.'
complete -c bureau -n '__bureau_at " schedule"' -a remove -d 'Have a command started by the clock no more.'
complete -c bureau -n '__bureau_at " snapshot"' -a save -d 'Keep everything the platform answers about a period, as you may see it.'
complete -c bureau -n '__bureau_at " snapshot"' -a list -d 'List the snapshots kept here of the profile and its user, the newest first.'
complete -c bureau -n '__bureau_at " snapshot"' -a show -d 'Show what a snapshot holds; its rows are the lists with --as-of.'
complete -c bureau -n '__bureau_at " snapshot"' -a delete -d 'Remove a snapshot from this machine.'
complete -c bureau -n '__bureau_at " snapshot"' -a prune -d 'Remove the snapshots of periods that lie further back than --keep.'
complete -c bureau -n '__bureau_at " taxcards"' -a fetch -d 'Fetch tax cards for everybody to be paid by the chosen clients.'
complete -c bureau -n '__bureau_at " taxcards"' -a status -d 'Show how many cards each client has and lacks, and how many would meet 50 % next.'
complete -c bureau -n '__bureau_at " taxcards"' -a list -d 'List the newest tax card of each employee, client by client.'
complete -c bureau -n '__bureau_at " taxcards"' -a changes -d 'List whose card says something else than before, and what.'
complete -c bureau -n '__bureau_at " taxcards"' -a import -d 'Take in tax cards from a file with the tax authority’s answer.'
complete -c bureau -n '__bureau_at " users"' -a list -d 'List everybody who works at the bureau or did, and their roles.'
complete -c bureau -n '__bureau_at " users"' -a show -d 'Show one user; what they get at is `bureau access list --user USER`.'
complete -c bureau -n '__bureau_at " users"' -a set-role -d 'Give a user another role in the bureau; the first leader activates its console.'
complete -c bureau -n '__bureau_after 0 " access plan"' -F
complete -c bureau -n '__bureau_after 0 " access apply"' -F
complete -c bureau -n '__bureau_after 0 " access drift"' -F
complete -c bureau -n '__bureau_after 0 " altinn apply"' -F
complete -c bureau -n '__bureau_after 0 " api"' -a 'GET POST PATCH PUT DELETE'
complete -c bureau -n '__bureau_after 0 " clients show"' -a '(__bureau_names clients)'
complete -c bureau -n '__bureau_after 0 " completion show"' -a 'bash zsh fish'
complete -c bureau -n '__bureau_after 0 " completion install"' -a 'bash zsh fish'
complete -c bureau -n '__bureau_after 0 " config get"' -a 'base_url client_id credential deadline exchange jobs lang output profile token_file user writes'
complete -c bureau -n '__bureau_after 0 " config set"' -a 'base_url client_id credential deadline exchange jobs lang output profile token_file user writes'
complete -c bureau -n '__bureau_after 0 " diff"' -a '(__bureau_names snapshots)'
complete -c bureau -n '__bureau_after 1 " diff"' -a '(__bureau_names snapshots)'
complete -c bureau -n '__bureau_after 0 " explain"' -a 'bug answer_invalid output_failed usage config_invalid config_key_unknown editor_failed file_invalid document_invalid plan_foreign run_unreadable snapshot_unreadable snapshot_lacks file_exists place_invalid invalid_request where_invalid window_too_long law_unknown order_invalid cursor_invalid client_ambiguous method_not_allowed payload_too_large unsupported_media_type unsupported_grant_type unauthenticated token_expired invalid_client invalid_grant credential_missing credential_exposed keyring_absent keyring_locked keyring_silent snapshot_foreign origin_refused bureau_not_activated bureau_not_eligible role_forbids own_role no_access not_found client_not_found group_not_found user_not_found selection_not_found employee_not_found job_not_found profile_not_found run_not_found snapshot_not_found schedule_not_found code_not_found group_exists snapshot_exists schedule_exists precondition_failed plan_stale run_moved run_retried conflict idempotency_in_progress needs_yes secret_not_asked declined writes_denied journal_unwritable run_foreign run_final rule_forbids access_invited access_gap access_missing altinn_off date_passed tax_year_not_open tax_year_closed no_delegation client_left ordered_today refused_today order_under_way employment_ended begins_later no_earlier_order authority_refused answer_missing answer_unreadable card_older last_overseer owner_begins_at_once trail_broken owner_needed user_left idempotency_mismatch embedded_only scheduler_missing scheduler_refused platform_refused job_pending job_needs_authentication network timeout answer_broken rate_limited busy internal deadline_passed lock_held interrupted terminated 0 1 2 3 4 5 6 7 8 9 10 75 130 143'
complete -c bureau -n '__bureau_after 0 " groups show"' -a '(__bureau_names groups)'
complete -c bureau -n '__bureau_after 0 " groups rename"' -a '(__bureau_names groups)'
complete -c bureau -n '__bureau_after 0 " groups set-rule"' -a '(__bureau_names groups)'
complete -c bureau -n '__bureau_after 0 " groups delete"' -a '(__bureau_names groups)'
complete -c bureau -n '__bureau_after 0 " groups add"' -a '(__bureau_names groups)'
complete -c bureau -n '__bureau_after 0 " groups remove"' -a '(__bureau_names groups)'
complete -c bureau -n '__bureau_after 0 " groups plan"' -F
complete -c bureau -n '__bureau_after 0 " groups apply"' -F
complete -c bureau -n '__bureau_after 0 " history show"' -a '(__bureau_names runs)'
complete -c bureau -n '__bureau_after 0 " history retry"' -a '(__bureau_names runs)'
complete -c bureau -n '__bureau_after 0 " history undo"' -a '(__bureau_names runs)'
complete -c bureau -n '__bureau_after 0 " platform token"' -a '(__bureau_names logins)'
complete -c bureau -n '__bureau_after 0 " profiles show"' -a '(__bureau_names profiles)'
complete -c bureau -n '__bureau_after 0 " profiles use"' -a '(__bureau_names profiles)'
complete -c bureau -n '__bureau_after 0 " profiles remove"' -a '(__bureau_names profiles)'
complete -c bureau -n '__bureau_after 0 " report verify"' -F
complete -c bureau -n '__bureau_after 0 " snapshot show"' -a '(__bureau_names snapshots)'
complete -c bureau -n '__bureau_after 0 " snapshot delete"' -a '(__bureau_names snapshots)'
complete -c bureau -n '__bureau_after 0 " taxcards import"' -F
complete -c bureau -n '__bureau_after 0 " users show"' -a '(__bureau_names users)'
complete -c bureau -n '__bureau_after 0 " users set-role"' -a '(__bureau_names users)'
complete -c bureau -n '__bureau_after 1 " users set-role"' -a 'none officer administrator leader'
complete -c bureau -l output -s o -d 'Format; default table, in a pipe tsv.' -x -a 'table plain tsv csv json ndjson markdown xlsx ids toml html ics'
complete -c bureau -l out -d 'Write to a file; its name says the format.' -r -F
complete -c bureau -l force -d 'Let --out replace a file.'
complete -c bureau -n '__bureau_at "" " a-melding" " access" " altinn" " api" " audit" " auth" " check" " clients" " completion" " completion show" " config" " config path" " config edit" " deadlines" " explain" " groups" " groups show" " history" " owners" " platform" " platform token" " platform serve" " profiles" " report" " report all" " runs" " schedule" " snapshot" " taxcards" " users"' -l fields -d 'Only these columns, in this order.' -x
complete -c bureau -n '__bureau_at "" " a-melding" " a-melding show" " access" " altinn" " api" " audit" " audit anchor" " auth" " auth login" " auth status" " auth logout" " check" " clients" " clients show" " completion" " completion show" " completion install" " config" " config get" " config set" " config path" " config edit" " deadlines" " explain" " groups" " groups show" " groups create" " groups rename" " groups set-rule" " groups delete" " history" " owners" " platform" " platform status" " platform seed" " platform reset" " platform clock" " platform token" " platform serve" " profiles" " profiles show" " profiles use" " profiles remove" " report" " report all" " runs" " runs show" " schedule" " schedule add" " schedule remove" " snapshot" " snapshot save" " snapshot show" " taxcards" " users" " users show" " users set-role"' -l sort -d 'Order by a column, - for descending.' -x
complete -c bureau -l limit -d 'At most so many rows.' -x
complete -c bureau -l excel -d 'CSV as a Norwegian Excel reads it.'
complete -c bureau -l no-header -d 'tsv and csv without the header line.'
complete -c bureau -l lang -d 'Language of titles.' -x -a 'nb en'
complete -c bureau -l profile -s p -d 'Which platform, as whom.' -x -a '(__bureau_names profiles)'
complete -c bureau -l deadline -d 'Give up after 30s, 20m, 2h.' -x
complete -c bureau -l quiet -s q -d 'No talk on stderr but errors.'
complete -c bureau -l trace -d 'Show each request on stderr, secrets left out.'
complete -c bureau -l cron -d 'For cron: never ask, one at a time, a log; silent unless there is news.'
complete -c bureau -l lock -d 'While the same command of the profile is at work: end with 75, end with 0, or wait.' -x -a 'fail skip wait'
complete -c bureau -l jitter -d 'Begin up to so much later, the same each day; with --cron 5m, 0 for none.' -x
complete -c bureau -n '__bureau_at ""' -l version -d 'Show the version.'
complete -c bureau -l help -s h -d 'Show this message and exit.'
complete -c bureau -n '__bureau_at " a-melding list" " a-melding triage" " check closed" " check reported" " check a-melding" " check done" " check withholding" " dashboard" " report mine-klienter" " report forbrukslogg" " report automatiseringsgrad" " report all" " runs list" " snapshot save" " status"' -l period -d 'The month: 2026-11, this or last; default this.' -x -a 'this last'
complete -c bureau -n '__bureau_at " a-melding list"' -l state -d 'Only in this state; repeat for several.' -x -a 'not_sent sent received received_guideline received_immediate rejected'
complete -c bureau -n '__bureau_at " a-melding list" " a-melding triage"' -l severity -d 'Only with a deviation as bad as this; repeat for several.' -x -a 'rejection immediate guideline'
complete -c bureau -n '__bureau_at " a-melding list"' -l code -d 'Only with a deviation of this code.' -x
complete -c bureau -n '__bureau_at " a-melding list" " clients list" " runs list"' -l payday -d 'Agreed pay day; 31 is the last of the month.' -x
complete -c bureau -n '__bureau_at " a-melding list"' -l all -d 'Also those that were replaced or made good by another.'
complete -c bureau -n '__bureau_at " a-melding list" " a-melding triage" " access list" " access grant" " access revoke" " access copy" " access review" " altinn list" " altinn enable" " altinn disable" " altinn tag" " altinn untag" " check access" " check closed" " check reported" " check a-melding" " check done" " check withholding" " check taxcards" " clients list" " dashboard" " deadlines" " diff" " groups add" " groups remove" " owners list" " owners set" " owners infer" " owners move" " report mine-klienter" " report terminoppgave" " report forbrukslogg" " report automatiseringsgrad" " report all" " runs list" " status" " taxcards fetch" " taxcards status" " taxcards list" " taxcards changes"' -l clients -d 'Orgnr, client number or name; @FILE txt, csv, xlsx; - stdin.' -x -a '(__bureau_names_or_file clients)'
complete -c bureau -n '__bureau_at " a-melding list" " a-melding triage" " access list" " access grant" " access revoke" " access copy" " access review" " altinn list" " altinn enable" " altinn disable" " altinn tag" " altinn untag" " check access" " check closed" " check reported" " check a-melding" " check done" " check withholding" " check taxcards" " clients list" " dashboard" " deadlines" " diff" " groups add" " groups remove" " owners list" " owners set" " owners infer" " owners move" " report mine-klienter" " report terminoppgave" " report forbrukslogg" " report automatiseringsgrad" " report all" " runs list" " status" " taxcards fetch" " taxcards status" " taxcards list" " taxcards changes"' -l group -d 'In this group; repeat for several.' -x -a '(__bureau_names groups)'
complete -c bureau -n '__bureau_at " a-melding list" " a-melding triage" " access list" " access grant" " access revoke" " access copy" " access review" " altinn list" " altinn enable" " altinn disable" " altinn tag" " altinn untag" " check access" " check closed" " check reported" " check a-melding" " check done" " check withholding" " check taxcards" " clients list" " dashboard" " deadlines" " diff" " groups add" " groups remove" " owners list" " owners set" " owners infer" " owners move" " report mine-klienter" " report terminoppgave" " report forbrukslogg" " report automatiseringsgrad" " report all" " runs list" " status" " taxcards fetch" " taxcards status" " taxcards list" " taxcards changes"' -l not-group -d 'Not in this group.' -x -a '(__bureau_names groups)'
complete -c bureau -n '__bureau_at " a-melding list" " a-melding triage" " access list" " access grant" " access revoke" " access copy" " access review" " altinn list" " altinn enable" " altinn disable" " altinn tag" " altinn untag" " check access" " check closed" " check reported" " check a-melding" " check done" " check withholding" " check taxcards" " clients list" " dashboard" " deadlines" " diff" " groups add" " groups remove" " owners list" " owners set" " owners infer" " owners move" " report mine-klienter" " report terminoppgave" " report forbrukslogg" " report automatiseringsgrad" " report all" " runs list" " status" " taxcards fetch" " taxcards status" " taxcards list" " taxcards changes"' -l owner -d 'Whose clients (ansvarlig); me is you.' -x -a '(__bureau_names users)'
complete -c bureau -n '__bureau_at " a-melding list" " a-melding triage" " access list" " access grant" " access revoke" " access copy" " access review" " altinn list" " altinn enable" " altinn disable" " altinn tag" " altinn untag" " check access" " check closed" " check reported" " check a-melding" " check done" " check withholding" " check taxcards" " clients list" " dashboard" " deadlines" " diff" " groups add" " groups remove" " owners list" " owners set" " owners infer" " owners move" " report mine-klienter" " report terminoppgave" " report forbrukslogg" " report automatiseringsgrad" " report all" " runs list" " status" " taxcards fetch" " taxcards status" " taxcards list" " taxcards changes"' -l where -d 'payday == 20 and status == "active"' -x
complete -c bureau -n '__bureau_at " a-melding list" " a-melding triage" " access list" " access grant" " access revoke" " access copy" " access review" " altinn list" " altinn enable" " altinn disable" " altinn tag" " altinn untag" " check access" " check closed" " check reported" " check a-melding" " check done" " check withholding" " check taxcards" " clients list" " dashboard" " deadlines" " diff" " groups add" " groups remove" " owners list" " owners set" " owners infer" " owners move" " report mine-klienter" " report terminoppgave" " report forbrukslogg" " report automatiseringsgrad" " report all" " runs list" " status" " taxcards fetch" " taxcards status" " taxcards list" " taxcards changes"' -l all-clients -d 'Every client of the bureau.'
complete -c bureau -n '__bureau_at " a-melding list" " a-melding show" " a-melding triage" " access list" " altinn list" " clients list" " clients show" " dashboard" " deadlines" " groups list" " groups show" " owners list" " runs list" " runs show" " status" " users list" " users show"' -l as-of -d 'As a snapshot kept here has it; the platform is not asked.' -x -a '(__bureau_names snapshots)'
complete -c bureau -n '__bureau_at " a-melding list" " a-melding show"' -l fields -d 'Only these columns, in this order.' -x -a '(__bureau_several number name orgnr state standing codes sent_at feedback_at month deviations recipients withholding attachment aga finansskatt aga_lines payments payroll_runs message replaces replaced_by created_at withheld fetched_at)'
complete -c bureau -n '__bureau_at " a-melding list"' -l sort -d 'Order by a column, - for descending.' -x -a 'number name orgnr state standing codes sent_at feedback_at month deviations recipients withholding attachment aga finansskatt aga_lines payments payroll_runs message replaces replaced_by created_at withheld fetched_at -number -name -orgnr -state -standing -codes -sent_at -feedback_at -month -deviations -recipients -withholding -attachment -aga -finansskatt -aga_lines -payments -payroll_runs -message -replaces -replaced_by -created_at -withheld -fetched_at'
complete -c bureau -n '__bureau_at " a-melding triage"' -l fields -d 'Only these columns, in this order.' -x -a '(__bureau_several severity clients code text occurrences messages since numbers names)'
complete -c bureau -n '__bureau_at " a-melding triage"' -l sort -d 'Order by a column, - for descending.' -x -a 'severity clients code text occurrences messages since numbers names -severity -clients -code -text -occurrences -messages -since -numbers -names'
complete -c bureau -n '__bureau_at " access list"' -l user -d 'Only of this user; me is you. Repeat for several.' -x -a '(__bureau_names users)'
complete -c bureau -n '__bureau_at " access list"' -l role -d 'Only in this role.' -x -a 'owner member'
complete -c bureau -n '__bureau_at " access list"' -l source -d 'Only what comes from there.' -x -a 'manual inferred rule client_invited'
complete -c bureau -n '__bureau_at " access list"' -l state -d 'Only in this state; default all but ended.' -x -a 'running upcoming ended'
complete -c bureau -n '__bureau_at " access list"' -l ending-within -d 'Whose last day comes soon: 30d.' -x
complete -c bureau -n '__bureau_at " access list"' -l stale -d 'Not used for so long: 90d.' -x
complete -c bureau -n '__bureau_at " access list"' -l fields -d 'Only these columns, in this order.' -x -a '(__bureau_several number name orgnr user user_name role state from to ended_at source reason granted_by granted_at last_used bureau_role user_active)'
complete -c bureau -n '__bureau_at " access list"' -l sort -d 'Order by a column, - for descending.' -x -a 'client user to -client -user -to'
complete -c bureau -n '__bureau_at " access grant" " access revoke"' -l user -d 'Who; me is you. Repeat for several.' -x -a '(__bureau_names users)'
complete -c bureau -n '__bureau_at " access grant"' -l role -d 'What they are at the client.' -x -a 'owner member'
complete -c bureau -n '__bureau_at " access grant"' -l from -d 'The first day, 2026-12-31; default today.' -x
complete -c bureau -n '__bureau_at " access grant" " access revoke" " access copy"' -l to -d 'The last day with access, 2026-12-31.' -x
complete -c bureau -n '__bureau_at " access grant" " access copy"' -l reason -d 'Why, for whoever looks later.' -x
complete -c bureau -n '__bureau_at " access grant" " access revoke" " access copy" " access apply" " access leave" " altinn enable" " altinn disable" " altinn tag" " altinn untag" " altinn apply" " groups add" " groups remove" " groups apply" " history retry" " history undo" " owners set" " owners infer" " owners move" " taxcards fetch" " taxcards import"' -l plan -d 'Show what would be done, and stop.'
complete -c bureau -n '__bureau_at " access grant" " access revoke" " access copy" " access plan" " access apply" " access leave" " altinn enable" " altinn disable" " altinn tag" " altinn untag" " altinn apply" " groups add" " groups remove" " groups plan" " groups apply" " history retry" " history undo" " owners set" " owners infer" " owners move"' -l plan-out -d 'Save what would be done, for apply, and stop.' -r -F
complete -c bureau -n '__bureau_at " access grant" " access revoke" " access copy" " access apply" " access leave" " altinn enable" " altinn disable" " altinn tag" " altinn untag" " altinn apply" " groups add" " groups remove" " groups apply" " history retry" " history undo" " owners set" " owners infer" " owners move" " taxcards fetch" " taxcards import"' -l jobs -d 'Requests side by side.' -x
complete -c bureau -n '__bureau_at " access grant" " access revoke" " access copy" " access apply" " access leave" " altinn enable" " altinn disable" " altinn tag" " altinn untag" " altinn apply" " groups add" " groups remove" " groups apply" " history retry" " history undo" " owners set" " owners infer" " owners move" " taxcards fetch" " taxcards import"' -l fail-fast -d 'Stop at the first that fails.'
complete -c bureau -n '__bureau_at " access grant" " access revoke" " access copy" " access apply" " access leave" " altinn enable" " altinn disable" " altinn tag" " altinn untag" " altinn apply" " groups add" " groups remove" " groups apply" " history retry" " history undo" " owners set" " owners infer" " owners move" " taxcards fetch" " taxcards import"' -l max-failures -d 'Stop once so many have failed.' -x
complete -c bureau -n '__bureau_at " access grant" " access revoke" " access copy" " access apply" " access leave" " altinn enable" " altinn disable" " altinn tag" " altinn untag" " altinn apply" " api" " groups set-rule" " groups delete" " groups add" " groups remove" " groups apply" " history retry" " history undo" " owners set" " owners infer" " owners move" " platform seed" " platform reset" " profiles remove" " schedule add" " schedule remove" " snapshot delete" " snapshot prune" " taxcards fetch" " taxcards import" " users set-role"' -l yes -s y -d 'Do not ask.'
complete -c bureau -n '__bureau_at " access grant" " access revoke" " access copy" " access plan" " access apply" " access leave" " owners set" " owners infer" " owners move"' -l fields -d 'Only these columns, in this order.' -x -a '(__bureau_several number user name action outcome code reason)'
complete -c bureau -n '__bureau_at " access grant" " access revoke" " access copy" " access plan" " access apply" " access leave" " owners set" " owners infer" " owners move"' -l sort -d 'Order by a column, - for descending.' -x -a 'number user name action outcome code reason -number -user -name -action -outcome -code -reason'
complete -c bureau -n '__bureau_at " access revoke"' -l new-owner -d 'Who owns the client next; none for nobody.' -x -a '(__bureau_names users)'
complete -c bureau -n '__bureau_at " access copy"' -l from-user -d 'Whose access is copied.' -x -a '(__bureau_names users)'
complete -c bureau -n '__bureau_at " access copy"' -l to-user -d 'Who gets the same.' -x -a '(__bureau_names users)'
complete -c bureau -n '__bureau_at " access copy"' -l role -d 'What they are where the other is the owner.' -x -a 'owner member'
complete -c bureau -n '__bureau_at " access plan" " access apply" " access drift"' -l complete -d 'The file says all there is of its clients, its users, or all; what else there is ends.' -x -a 'clients users all'
complete -c bureau -n '__bureau_at " access drift"' -l fields -d 'Only these columns, in this order.' -x -a '(__bureau_several number user name action code reason)'
complete -c bureau -n '__bureau_at " access drift"' -l sort -d 'Order by a column, - for descending.' -x -a 'number user name action code reason -number -user -name -action -code -reason'
complete -c bureau -n '__bureau_at " access leave"' -l user -d 'Who leaves.' -x -a '(__bureau_names users)'
complete -c bureau -n '__bureau_at " access leave"' -l date -d 'The last day with access, 2026-12-31; default at once.' -x
complete -c bureau -n '__bureau_at " access leave"' -l new-owner -d 'Who owns their clients next; none for nobody, infer proposes somebody.' -x -a '(__bureau_names users)'
complete -c bureau -n '__bureau_at " access leave"' -l keep-role -d 'Leave their role in the bureau as it is.'
complete -c bureau -n '__bureau_at " access leave"' -l letters -d 'Write a letter to each client that invited them.' -r -F
complete -c bureau -n '__bureau_at " access review"' -l fields -d 'Only these columns, in this order.' -x -a '(__bureau_several number name orgnr user user_name role state from to source reason granted_by granted_at last_used bureau_role user_active findings kept signed)'
complete -c bureau -n '__bureau_at " access review"' -l sort -d 'Order by a column, - for descending.' -x -a 'number name orgnr user user_name role state from to source reason granted_by granted_at last_used bureau_role user_active findings kept signed -number -name -orgnr -user -user_name -role -state -from -to -source -reason -granted_by -granted_at -last_used -bureau_role -user_active -findings -kept -signed'
complete -c bureau -n '__bureau_at " altinn list"' -l used -d 'Where the bureau’s settings are used, or are not.' -x -a 'yes no'
complete -c bureau -n '__bureau_at " altinn list"' -l delegation -d 'granted, pending or missing; repeat for several.' -x -a 'granted pending missing'
complete -c bureau -n '__bureau_at " altinn list"' -l user -d 'Where this user is tagged; repeat for several.' -x -a '(__bureau_names users)'
complete -c bureau -n '__bureau_at " altinn list"' -l fields -d 'Only these columns, in this order.' -x -a '(__bureau_several number name orgnr partner_settings delegation package tagged tagged_names since fetched_at)'
complete -c bureau -n '__bureau_at " altinn list"' -l sort -d 'Order by a column, - for descending.' -x -a 'number name orgnr partner_settings delegation package tagged tagged_names since fetched_at -number -name -orgnr -partner_settings -delegation -package -tagged -tagged_names -since -fetched_at'
complete -c bureau -n '__bureau_at " altinn enable"' -l user -d 'Tag only this user, if they have access; repeat for several.' -x -a '(__bureau_names users)'
complete -c bureau -n '__bureau_at " altinn enable" " altinn disable" " altinn tag" " altinn untag" " altinn apply"' -l fields -d 'Only these columns, in this order.' -x -a '(__bureau_several number name user action outcome code reason)'
complete -c bureau -n '__bureau_at " altinn enable" " altinn disable" " altinn tag" " altinn untag" " altinn apply"' -l sort -d 'Order by a column, - for descending.' -x -a 'number name user action outcome code reason -number -name -user -action -outcome -code -reason'
complete -c bureau -n '__bureau_at " altinn tag" " altinn untag"' -l user -d 'Whom; repeat for several.' -x -a '(__bureau_names users)'
complete -c bureau -n '__bureau_at " api"' -l field -s f -d 'A query parameter; without GET a text field of the body.' -x
complete -c bureau -n '__bureau_at " api"' -l body -d 'The whole body as JSON.' -x
complete -c bureau -n '__bureau_at " audit list"' -l from -d 'From this day on, 2026-11-01.' -x
complete -c bureau -n '__bureau_at " audit list"' -l to -d 'Up to and including this day.' -x
complete -c bureau -n '__bureau_at " audit list"' -l actor -d 'Only what this user did; me is you.' -x -a '(__bureau_names users)'
complete -c bureau -n '__bureau_at " audit list"' -l action -d 'Only this action; * stands for any text: access.*' -x
complete -c bureau -n '__bureau_at " audit list"' -l client -d 'Only what was done at this client.' -x -a '(__bureau_names clients)'
complete -c bureau -n '__bureau_at " audit list"' -l user -d 'Only what is filed under this user; me is you.' -x -a '(__bureau_names users)'
complete -c bureau -n '__bureau_at " audit list"' -l subject -d 'Only what was done to this; * is any text: groups/*' -x
complete -c bureau -n '__bureau_at " audit list"' -l outcome -d 'Only what ended so.' -x -a 'done refused'
complete -c bureau -n '__bureau_at " audit list"' -l run -d 'Only what this run did; `history list` has them.' -x -a '(__bureau_names runs)'
complete -c bureau -n '__bureau_at " audit list"' -l request -d 'Only what this request did.' -x
complete -c bureau -n '__bureau_at " audit list"' -l fields -d 'Only these columns, in this order.' -x -a '(__bureau_several seq at actor action number name about subject outcome code changed before after request_id run_id prev_hash hash)'
complete -c bureau -n '__bureau_at " audit list"' -l sort -d 'Order by a column, - for descending.' -x -a 'seq -seq'
complete -c bureau -n '__bureau_at " audit verify"' -l from-seq -d 'Begin at this event; those before are taken on trust.' -x
complete -c bureau -n '__bureau_at " audit verify"' -l anchor -d 'Hold it against this anchor; default the one kept here.' -r -F
complete -c bureau -n '__bureau_at " audit verify"' -l fields -d 'Only these columns, in this order.' -x -a '(__bureau_several seq last_seq state found hash expected)'
complete -c bureau -n '__bureau_at " audit verify"' -l sort -d 'Order by a column, - for descending.' -x -a 'seq last_seq state found hash expected -seq -last_seq -state -found -hash -expected'
complete -c bureau -n '__bureau_at " audit anchor"' -l anew -d 'Begin anew: it need not go on from the anchor kept here.'
complete -c bureau -n '__bureau_at " audit anchor"' -l fields -d 'Only these columns, in this order.' -x -a '(__bureau_several seq hash at bureau platform)'
complete -c bureau -n '__bureau_at " auth login"' -l base-url -d 'The platform’s address; a new profile needs it.' -x
complete -c bureau -n '__bureau_at " auth login"' -l store -d 'Where the secret is kept; default keyring.' -x -a 'keyring file systemd env'
complete -c bureau -n '__bureau_at " auth login"' -l client-id -d 'Sign in by OAuth2 client credentials.' -x
complete -c bureau -n '__bureau_at " auth login"' -l token-stdin -d 'Read the token from stdin.'
complete -c bureau -n '__bureau_at " auth login"' -l secret-stdin -d 'Read the client secret from stdin.'
complete -c bureau -n '__bureau_at " auth login" " auth status" " auth logout"' -l fields -d 'Only these columns, in this order.' -x -a '(__bureau_several profile state login name role bureau orgnr expires_at renews base_url store place)'
complete -c bureau -n '__bureau_at " auth status"' -l offline -d 'Tell what is known here; ask nobody.'
complete -c bureau -n '__bureau_at " auth logout"' -l purge -d 'Also remove what is kept on this machine for the profile.'
complete -c bureau -n '__bureau_at " check access"' -l fields -d 'Only these columns, in this order.' -x -a '(__bureau_several finding number name user user_name role owner owner_name reason)'
complete -c bureau -n '__bureau_at " check access"' -l sort -d 'Order by a column, - for descending.' -x -a 'finding number name user user_name role owner owner_name reason -finding -number -name -user -user_name -role -owner -owner_name -reason'
complete -c bureau -n '__bureau_at " check closed" " check reported" " check a-melding" " check done" " check withholding" " check taxcards"' -l max-age -d 'What was fetched longer ago proves nothing; default 24h.' -x
complete -c bureau -n '__bureau_at " check closed" " check reported" " check a-melding" " check done" " check withholding"' -l fields -d 'Only these columns, in this order.' -x -a '(__bureau_several finding number name owner owner_name period step state due reason pay_dates payroll_runs message fetched_at)'
complete -c bureau -n '__bureau_at " check closed" " check reported" " check a-melding" " check done" " check withholding"' -l sort -d 'Order by a column, - for descending.' -x -a 'finding number name owner owner_name period step state due reason pay_dates payroll_runs message fetched_at -finding -number -name -owner -owner_name -period -step -state -due -reason -pay_dates -payroll_runs -message -fetched_at'
complete -c bureau -n '__bureau_at " check taxcards"' -l fields -d 'Only these columns, in this order.' -x -a '(__bureau_several finding number name owner owner_name employees due reason fetched_at)'
complete -c bureau -n '__bureau_at " check taxcards"' -l sort -d 'Order by a column, - for descending.' -x -a 'finding number name owner owner_name employees due reason fetched_at -finding -number -name -owner -owner_name -employees -due -reason -fetched_at'
complete -c bureau -n '__bureau_at " clients list"' -l member -d 'Where this user is a member (medarbeider).' -x -a '(__bureau_names users)'
complete -c bureau -n '__bureau_at " clients list"' -l status -d 'onboarding, active, leaving or left.' -x -a 'active onboarding leaving left'
complete -c bureau -n '__bureau_at " clients list"' -l access -d 'Clients you have access to, or have not.' -x -a 'mine none'
complete -c bureau -n '__bureau_at " clients list" " clients show"' -l fields -d 'Only these columns, in this order.' -x -a '(__bureau_several number name orgnr form status paydays owner owner_name members member_names my_access groups active_employees zones sites pay_groups linked_via altinn_settings altinn_delegation onboarded left last_period last_pay_date last_payslips last_gross last_net withheld fetched_at)'
complete -c bureau -n '__bureau_at " clients list"' -l sort -d 'Order by a column, - for descending.' -x -a 'name number orgnr status owner active_employees onboarded -name -number -orgnr -status -owner -active_employees -onboarded'
complete -c bureau -n '__bureau_at " completion install" " completion status"' -l fields -d 'Only these columns, in this order.' -x -a '(__bureau_several shell state path needs)'
complete -c bureau -n '__bureau_at " completion status"' -l sort -d 'Order by a column, - for descending.' -x -a 'shell state path needs -shell -state -path -needs'
complete -c bureau -n '__bureau_at " config list"' -l origin -d 'Also show which source each value comes from.'
complete -c bureau -n '__bureau_at " config list" " config get" " config set"' -l fields -d 'Only these columns, in this order.' -x -a '(__bureau_several key value origin)'
complete -c bureau -n '__bureau_at " config list"' -l sort -d 'Order by a column, - for descending.' -x -a 'key value origin -key -value -origin'
complete -c bureau -n '__bureau_at " dashboard"' -l by -d 'Also those of each group, or each owner.' -x -a 'group owner'
complete -c bureau -n '__bureau_at " dashboard"' -l compare -d 'Beside the month before and the same month of the year before.'
complete -c bureau -n '__bureau_at " dashboard"' -l definitions -d 'Tell what each figure counts.'
complete -c bureau -n '__bureau_at " dashboard"' -l fields -d 'Only these columns, in this order.' -x -a '(__bureau_several period scope_kind scope scope_name figure value previous last_year change change_in_a_year trend growth coverage covered covered_of definition fetched_at)'
complete -c bureau -n '__bureau_at " dashboard"' -l sort -d 'Order by a column, - for descending.' -x -a 'period scope_kind scope scope_name figure value previous last_year change change_in_a_year trend growth coverage covered covered_of definition fetched_at -period -scope_kind -scope -scope_name -figure -value -previous -last_year -change -change_in_a_year -trend -growth -coverage -covered -covered_of -definition -fetched_at'
complete -c bureau -n '__bureau_at " deadlines"' -l from -d 'From this day on; default today.' -x
complete -c bureau -n '__bureau_at " deadlines"' -l to -d 'Up to and including this day; default 30 days later.' -x
complete -c bureau -n '__bureau_at " deadlines"' -l kind -d 'Only of this kind; repeat for several.' -x -a 'pay_day forskuddstrekk utleggstrekk a_melding term tax_cards'
complete -c bureau -n '__bureau_at " deadlines"' -l each -d 'A row a client, not one a day and kind.'
complete -c bureau -n '__bureau_at " diff"' -l only -d 'Only this; repeat for several.' -x -a 'client status owner access done closed reported a_melding net gross withholding attachment payslips employees automation'
complete -c bureau -n '__bureau_at " diff"' -l exit-code -d 'Exit 9 where anything differs.'
complete -c bureau -n '__bureau_at " diff"' -l fields -d 'Only these columns, in this order.' -x -a '(__bureau_several what number name user before after change)'
complete -c bureau -n '__bureau_at " diff"' -l sort -d 'Order by a column, - for descending.' -x -a 'what number name user before after change -what -number -name -user -before -after -change'
complete -c bureau -n '__bureau_at " doctor"' -l network -d 'Try the way to the profile’s platform too, without a token.'
complete -c bureau -n '__bureau_at " doctor"' -l exit-code -d 'End with 9 on a problem, 10 if only something is unknown.'
complete -c bureau -n '__bureau_at " doctor"' -l fields -d 'Only these columns, in this order.' -x -a '(__bureau_several check state found fix)'
complete -c bureau -n '__bureau_at " doctor"' -l sort -d 'Order by a column, - for descending.' -x -a 'check state found fix -check -state -found -fix'
complete -c bureau -n '__bureau_at " groups list" " groups create" " groups rename" " groups set-rule" " groups delete"' -l fields -d 'Only these columns, in this order.' -x -a '(__bureau_several slug title kind rule count created_at updated_at)'
complete -c bureau -n '__bureau_at " groups list"' -l sort -d 'Order by a column, - for descending.' -x -a 'slug title count -slug -title -count'
complete -c bureau -n '__bureau_at " groups show"' -l explain -d 'Why this client is in it, or is not.' -x -a '(__bureau_names clients)'
complete -c bureau -n '__bureau_at " groups create" " groups rename"' -l title -d 'What people read; default the name.' -x
complete -c bureau -n '__bureau_at " groups create"' -l rule -d 'Who is in it, like --where: payday == 20 and zone == "1"' -x
complete -c bureau -n '__bureau_at " groups rename"' -l to -d 'Its new name.' -x
complete -c bureau -n '__bureau_at " groups set-rule"' -l manual -d 'No rule; the clients it has now stay.'
complete -c bureau -n '__bureau_at " groups add" " groups remove"' -l fields -d 'Only these columns, in this order.' -x -a '(__bureau_several number name action outcome code reason)'
complete -c bureau -n '__bureau_at " groups add" " groups remove"' -l sort -d 'Order by a column, - for descending.' -x -a 'number name action outcome code reason -number -name -action -outcome -code -reason'
complete -c bureau -n '__bureau_at " groups plan" " groups apply"' -l fields -d 'Only these columns, in this order.' -x -a '(__bureau_several group number name action outcome code reason)'
complete -c bureau -n '__bureau_at " groups plan" " groups apply"' -l sort -d 'Order by a column, - for descending.' -x -a 'group number name action outcome code reason -group -number -name -action -outcome -code -reason'
complete -c bureau -n '__bureau_at " history list"' -l fields -d 'Only these columns, in this order.' -x -a '(__bureau_several run began_at command profile login state items done unchanged refused failed pending unknown not_attempted exit_code retries undoes)'
complete -c bureau -n '__bureau_at " history list"' -l sort -d 'Order by a column, - for descending.' -x -a 'run began_at command profile login state items done unchanged refused failed pending unknown not_attempted exit_code retries undoes -run -began_at -command -profile -login -state -items -done -unchanged -refused -failed -pending -unknown -not_attempted -exit_code -retries -undoes'
complete -c bureau -n '__bureau_at " history show"' -l fields -d 'Only these columns, in this order.' -x -a '(__bureau_several target number user name action outcome code reason so_now)'
complete -c bureau -n '__bureau_at " history show"' -l sort -d 'Order by a column, - for descending.' -x -a 'target number user name action outcome code reason so_now -target -number -user -name -action -outcome -code -reason -so_now'
complete -c bureau -n '__bureau_at " history retry" " history undo"' -l fields -d 'Only these columns, in this order.' -x -a '(__bureau_several target number user name action outcome code reason)'
complete -c bureau -n '__bureau_at " history retry" " history undo"' -l sort -d 'Order by a column, - for descending.' -x -a 'target number user name action outcome code reason -target -number -user -name -action -outcome -code -reason'
complete -c bureau -n '__bureau_at " owners list"' -l verdict -d 'Only with this verdict; repeatable.' -x -a 'same no_owner differs differs_from_manual runner_left no_run'
complete -c bureau -n '__bureau_at " owners list"' -l fields -d 'Only these columns, in this order.' -x -a '(__bureau_several number name orgnr owner owner_name source verdict ran_by ran_by_name period pay_date payroll_run fetched_at)'
complete -c bureau -n '__bureau_at " owners list"' -l sort -d 'Order by a column, - for descending.' -x -a 'number name orgnr owner owner_name source verdict ran_by ran_by_name period pay_date payroll_run fetched_at -number -name -orgnr -owner -owner_name -source -verdict -ran_by -ran_by_name -period -pay_date -payroll_run -fetched_at'
complete -c bureau -n '__bureau_at " owners set"' -l user -d 'Who owns them from now on; me is you.' -x -a '(__bureau_names users)'
complete -c bureau -n '__bureau_at " owners infer"' -l override-manual -d 'Also where the owner was chosen by hand, or by the client.'
complete -c bureau -n '__bureau_at " owners move"' -l from-user -d 'Whose clients.' -x -a '(__bureau_names users)'
complete -c bureau -n '__bureau_at " owners move"' -l to-user -d 'Who gets them; several share them with --evenly.' -x -a '(__bureau_names users)'
complete -c bureau -n '__bureau_at " owners move"' -l evenly -d 'As many clients to each, one more or less, and then as many employees as can be.'
complete -c bureau -n '__bureau_at " platform status" " platform seed" " platform reset" " platform clock"' -l fields -d 'Only these columns, in this order.' -x -a '(__bureau_several path clients users groups seed today clock pinned horizon login faults bytes)'
complete -c bureau -n '__bureau_at " platform seed"' -l clients -d 'How many clients.' -x
complete -c bureau -n '__bureau_at " platform seed"' -l seed -d 'Another number makes another bureau.' -x
complete -c bureau -n '__bureau_at " platform seed"' -l today -d 'The day it is made for; default the real one.' -x
complete -c bureau -n '__bureau_at " platform faults"' -l clear -d 'Make no faults any more.'
complete -c bureau -n '__bureau_at " platform faults"' -l fields -d 'Only these columns, in this order.' -x -a '(__bureau_several fault)'
complete -c bureau -n '__bureau_at " platform faults"' -l sort -d 'Order by a column, - for descending.' -x -a 'fault -fault'
complete -c bureau -n '__bureau_at " platform token"' -l lifetime -d 'How long the token holds: 12h; default 30d.' -x
complete -c bureau -n '__bureau_at " platform token"' -l static -d 'A token that never ends and is exchanged for short ones.'
complete -c bureau -n '__bureau_at " platform token"' -l client-credentials -d 'A client id and its secret (OAuth2).'
complete -c bureau -n '__bureau_at " platform serve"' -l port -d 'On this machine; 0 takes a free one.' -x
complete -c bureau -n '__bureau_at " platform serve"' -l fault-header -d 'Let a request ask for a fault (Bureau-Fault).'
complete -c bureau -n '__bureau_at " platform serve"' -l delay -d 'Hold every answer back: 20ms.' -x
complete -c bureau -n '__bureau_at " profiles list" " profiles show" " profiles use" " profiles remove"' -l fields -d 'Only these columns, in this order.' -x -a '(__bureau_several profile base_url store writes is_default)'
complete -c bureau -n '__bureau_at " profiles list"' -l sort -d 'Order by a column, - for descending.' -x -a 'profile base_url store writes is_default -profile -base_url -store -writes -is_default'
complete -c bureau -n '__bureau_at " report mine-klienter"' -l fields -d 'Only these columns, in this order.' -x -a '(__bureau_several number name orgnr status owner owner_name members member_names groups paydays active_employees last_period last_pay_date last_payslips period closed reported done a_melding next next_state next_due next_deadline deadline_due deadline_met tax_cards_missing my_access outside withheld fetched_at)'
complete -c bureau -n '__bureau_at " report mine-klienter"' -l sort -d 'Order by a column, - for descending.' -x -a 'number name orgnr status owner owner_name members member_names groups paydays active_employees last_period last_pay_date last_payslips period closed reported done a_melding next next_state next_due next_deadline deadline_due deadline_met tax_cards_missing my_access outside withheld fetched_at -number -name -orgnr -status -owner -owner_name -members -member_names -groups -paydays -active_employees -last_period -last_pay_date -last_payslips -period -closed -reported -done -a_melding -next -next_state -next_due -next_deadline -deadline_due -deadline_met -tax_cards_missing -my_access -outside -withheld -fetched_at'
complete -c bureau -n '__bureau_at " report terminoppgave"' -l term -d 'The term: 2026-T5, this or last; default this.' -x -a 'this last'
complete -c bureau -n '__bureau_at " report terminoppgave"' -l part -d 'Only what differs, part 1 (by the term) or part 2; repeat for several.' -x -a 'differences by_term by_pay_date'
complete -c bureau -n '__bureau_at " report terminoppgave" " report forbrukslogg"' -l by -d 'Totals in place of the lines: a line each.' -x -a 'client owner bureau'
complete -c bureau -n '__bureau_at " report terminoppgave"' -l fields -d 'Only these columns, in this order.' -x -a '(__bureau_several number name orgnr owner owner_name term term_part levy month kind site zone sector base levy_rate amount pay_date due account kid kid_valid settled reported_amount expected_amount difference causes messages payroll_runs basis lawful fribelop_base fribelop_left withheld fetched_at)'
complete -c bureau -n '__bureau_at " report terminoppgave"' -l sort -d 'Order by a column, - for descending.' -x -a 'number name orgnr owner owner_name term term_part levy month kind site zone sector base levy_rate amount pay_date due account kid kid_valid settled reported_amount expected_amount difference causes messages payroll_runs basis lawful fribelop_base fribelop_left withheld fetched_at -number -name -orgnr -owner -owner_name -term -term_part -levy -month -kind -site -zone -sector -base -levy_rate -amount -pay_date -due -account -kid -kid_valid -settled -reported_amount -expected_amount -difference -causes -messages -payroll_runs -basis -lawful -fribelop_base -fribelop_left -withheld -fetched_at'
complete -c bureau -n '__bureau_at " report forbrukslogg" " report automatiseringsgrad"' -l from -d 'The first of several months; up to this one without --to.' -x -a 'this last'
complete -c bureau -n '__bureau_at " report forbrukslogg" " report automatiseringsgrad"' -l to -d 'The last of them.' -x -a 'this last'
complete -c bureau -n '__bureau_at " report forbrukslogg"' -l kind -d 'Only of this kind; repeat for several. Default all but absence.' -x -a 'payslip travel expense absence'
complete -c bureau -n '__bureau_at " report forbrukslogg" " report all"' -l prices -d 'A price list in TOML: what one of each kind costs.' -r -F
complete -c bureau -n '__bureau_at " report forbrukslogg"' -l against -d 'An invoice as csv or xlsx: show where it differs; 9 if it does.' -r -F
complete -c bureau -n '__bureau_at " report forbrukslogg"' -l fields -d 'Only these columns, in this order.' -x -a '(__bureau_several number name orgnr owner owner_name month kind count price amount withheld fetched_at)'
complete -c bureau -n '__bureau_at " report forbrukslogg"' -l sort -d 'Order by a column, - for descending.' -x -a 'number name orgnr owner owner_name month kind count price amount withheld fetched_at -number -name -orgnr -owner -owner_name -month -kind -count -price -amount -withheld -fetched_at'
complete -c bureau -n '__bureau_at " report automatiseringsgrad"' -l manual -d 'The runs somebody touched, and whose payslips those were.'
complete -c bureau -n '__bureau_at " report automatiseringsgrad"' -l by -d 'A line an owner, or of the bureau alone.' -x -a 'owner bureau'
complete -c bureau -n '__bureau_at " report automatiseringsgrad"' -l fields -d 'Only these columns, in this order.' -x -a '(__bureau_several scope_kind scope scope_name number orgnr owner owner_name from_month to_month payslips manual untouched degree change trend coverage covered covered_of definition withheld fetched_at)'
complete -c bureau -n '__bureau_at " report automatiseringsgrad"' -l sort -d 'Order by a column, - for descending.' -x -a 'scope_kind scope scope_name number orgnr owner owner_name from_month to_month payslips manual untouched degree change trend coverage covered covered_of definition withheld fetched_at -scope_kind -scope -scope_name -number -orgnr -owner -owner_name -from_month -to_month -payslips -manual -untouched -degree -change -trend -coverage -covered -covered_of -definition -withheld -fetched_at'
complete -c bureau -n '__bureau_at " report verify"' -l sha256 -d 'That of its manifest, as it was kept elsewhere.' -x
complete -c bureau -n '__bureau_at " report verify"' -l fields -d 'Only these columns, in this order.' -x -a '(__bureau_several file difference sheet inside told)'
complete -c bureau -n '__bureau_at " report verify"' -l sort -d 'Order by a column, - for descending.' -x -a 'file difference sheet inside told -file -difference -sheet -inside -told'
complete -c bureau -n '__bureau_at " runs list"' -l from -d 'Paid on this day or later, 2026-11-01.' -x
complete -c bureau -n '__bureau_at " runs list"' -l to -d 'Paid on this day or earlier.' -x
complete -c bureau -n '__bureau_at " runs list"' -l state -d 'Only in this state; repeat for several.' -x -a 'open awaiting_approval approved locked'
complete -c bureau -n '__bureau_at " runs list"' -l type -d 'Only of this kind; repeat for several.' -x -a 'ordinary extra vacation until_now'
complete -c bureau -n '__bureau_at " runs list" " runs show"' -l fields -d 'Only these columns, in this order.' -x -a '(__bureau_several number name orgnr pay_date state type payslips payslips_untouched gross net period pay_group payday withholding attachment aga_base aga aga_lines created_at created_by submitted_at approved_at locked_at paid_at payslips_sent_at withholding_paid_at attachment_paid_at booked_at payments_as_of payroll_run withheld fetched_at)'
complete -c bureau -n '__bureau_at " runs list"' -l sort -d 'Order by a column, - for descending.' -x -a 'number name orgnr pay_date state type payslips payslips_untouched gross net period pay_group payday withholding attachment aga_base aga aga_lines created_at created_by submitted_at approved_at locked_at paid_at payslips_sent_at withholding_paid_at attachment_paid_at booked_at payments_as_of payroll_run withheld fetched_at -number -name -orgnr -pay_date -state -type -payslips -payslips_untouched -gross -net -period -pay_group -payday -withholding -attachment -aga_base -aga -aga_lines -created_at -created_by -submitted_at -approved_at -locked_at -paid_at -payslips_sent_at -withholding_paid_at -attachment_paid_at -booked_at -payments_as_of -payroll_run -withheld -fetched_at'
complete -c bureau -n '__bureau_at " schedule add"' -l at -d 'The time of day in Norway: 06:10.' -x
complete -c bureau -n '__bureau_at " schedule add"' -l on -d 'daily, weekdays, mon,thu, ’monthly 20’, ’monthly last’.' -x
complete -c bureau -n '__bureau_at " schedule add"' -l systemd -d 'By a timer of systemd.'
complete -c bureau -n '__bureau_at " schedule add"' -l crontab -d 'By the crontab; the default where there is cron.'
complete -c bureau -n '__bureau_at " schedule add" " schedule list" " schedule remove"' -l fields -d 'Only these columns, in this order.' -x -a '(__bureau_several schedule rhythm command result exit_code last_run age next_run scheduler folder)'
complete -c bureau -n '__bureau_at " schedule list"' -l sort -d 'Order by a column, - for descending.' -x -a 'schedule rhythm command result exit_code last_run age next_run scheduler folder -schedule -rhythm -command -result -exit_code -last_run -age -next_run -scheduler -folder'
complete -c bureau -n '__bureau_at " snapshot save" " snapshot list" " snapshot show" " snapshot delete" " snapshot prune"' -l fields -d 'Only these columns, in this order.' -x -a '(__bureau_several snapshot period as_of saved_at clients with_pay runs messages deadlines users left_out bytes login profile platform bureau version)'
complete -c bureau -n '__bureau_at " snapshot list" " snapshot delete" " snapshot prune"' -l sort -d 'Order by a column, - for descending.' -x -a 'snapshot period as_of saved_at clients with_pay runs messages deadlines users left_out bytes login profile platform bureau version -snapshot -period -as_of -saved_at -clients -with_pay -runs -messages -deadlines -users -left_out -bytes -login -profile -platform -bureau -version'
complete -c bureau -n '__bureau_at " snapshot prune"' -l keep -d 'Keep the periods of so many months back.' -x
complete -c bureau -n '__bureau_at " status"' -l open -d 'Only months that are not known to be finished.'
complete -c bureau -n '__bureau_at " status"' -l explain -d 'The rule of each step, and what is known of it.' -x -a '(__bureau_names clients)'
complete -c bureau -n '__bureau_at " status"' -l watch -d 'Draw it anew every 30s, 5m; on a terminal, until Ctrl-C.' -x
complete -c bureau -n '__bureau_at " status"' -l fields -d 'Only these columns, in this order.' -x -a '(__bureau_several number name orgnr period when pay_dates created approved locked paid payslips withholding a_melding feedback next next_state next_due owner owner_name state closed reported done a_melding_state reasons created_due approved_due locked_due paid_due payslips_due withholding_due a_melding_due feedback_due outside withheld stale fetched_at)'
complete -c bureau -n '__bureau_at " status"' -l sort -d 'Order by a column, - for descending.' -x -a 'number name orgnr period when pay_dates created approved locked paid payslips withholding a_melding feedback next next_state next_due owner owner_name state closed reported done a_melding_state reasons created_due approved_due locked_due paid_due payslips_due withholding_due a_melding_due feedback_due outside withheld stale fetched_at -number -name -orgnr -period -when -pay_dates -created -approved -locked -paid -payslips -withholding -a_melding -feedback -next -next_state -next_due -owner -owner_name -state -closed -reported -done -a_melding_state -reasons -created_due -approved_due -locked_due -paid_due -payslips_due -withholding_due -a_melding_due -feedback_due -outside -withheld -stale -fetched_at'
complete -c bureau -n '__bureau_at " taxcards fetch" " taxcards status" " taxcards list" " taxcards changes"' -l year -d 'The income year; default this one.' -x
complete -c bureau -n '__bureau_at " taxcards fetch"' -l mode -d 'Everybody’s card, or those that changed since the last time.' -x -a 'all changes'
complete -c bureau -n '__bureau_at " taxcards fetch"' -l again -d 'Also who was ordered today; they are told once more.'
complete -c bureau -n '__bureau_at " taxcards fetch"' -l wait -d 'Wait for the answers, or end with 8 once ordered.'
complete -c bureau -n '__bureau_at " taxcards fetch"' -l fields -d 'Only these columns, in this order.' -x -a '(__bureau_several number name owner employee_name fnr result before applies outcome code reason card_changed employee withheld)'
complete -c bureau -n '__bureau_at " taxcards fetch"' -l sort -d 'Order by a column, - for descending.' -x -a 'number name owner employee_name fnr result before applies outcome code reason card_changed employee withheld -number -name -owner -employee_name -fnr -result -before -applies -outcome -code -reason -card_changed -employee -withheld'
complete -c bureau -n '__bureau_at " taxcards status"' -l explain -d 'Each employee: ordered, or left out and why.' -x -a '(__bureau_names clients)'
complete -c bureau -n '__bureau_at " taxcards status"' -l fields -d 'Only these columns, in this order.' -x -a '(__bureau_several number name orgnr owner owner_name employees fetched missing at_50 at_50_on next_pay_date oldest newest delegation year ordered_at mode job job_state fetched_at)'
complete -c bureau -n '__bureau_at " taxcards status"' -l sort -d 'Order by a column, - for descending.' -x -a 'number name orgnr owner owner_name employees fetched missing at_50 at_50_on next_pay_date oldest newest delegation year ordered_at mode job job_state fetched_at -number -name -orgnr -owner -owner_name -employees -fetched -missing -at_50 -at_50_on -next_pay_date -oldest -newest -delegation -year -ordered_at -mode -job -job_state -fetched_at'
complete -c bureau -n '__bureau_at " taxcards list"' -l result -d 'Only with this answer, such as ikkeSkattekort.' -x -a 'skattekortopplysningerOK ikkeSkattekort ikkeTrekkplikt vurderArbeidstillatelse ugyldigOrganisasjonsnummer ugyldigFoedselsEllerDnummer utgaattDnummerSkattekortForFoedselsnummerErLevert'
complete -c bureau -n '__bureau_at " taxcards list"' -l reveal -d 'Show fødselsnummer; say why, it is audited.' -x -a 'fnr'
complete -c bureau -n '__bureau_at " taxcards list"' -l reveal-reason -d 'Why they are to be shown; the trail keeps it.' -x
complete -c bureau -n '__bureau_at " taxcards list"' -l fields -d 'Only these columns, in this order.' -x -a '(__bureau_several number name employee_name fnr result applies employer_role issued orgnr employee year deductions extra_info withheld card fetched_at)'
complete -c bureau -n '__bureau_at " taxcards list"' -l sort -d 'Order by a column, - for descending.' -x -a 'number name employee_name fnr result applies employer_role issued orgnr employee year deductions extra_info withheld card fetched_at -number -name -employee_name -fnr -result -applies -employer_role -issued -orgnr -employee -year -deductions -extra_info -withheld -card -fetched_at'
complete -c bureau -n '__bureau_at " taxcards changes"' -l since -d 'Since this day; default since the last fetch.' -x
complete -c bureau -n '__bureau_at " taxcards changes"' -l exit-code -d 'End with 9 when there are any.'
complete -c bureau -n '__bureau_at " taxcards changes"' -l fields -d 'Only these columns, in this order.' -x -a '(__bureau_several number name owner owner_name employee_name fnr before after result result_before changed_at employee year withheld)'
complete -c bureau -n '__bureau_at " taxcards changes"' -l sort -d 'Order by a column, - for descending.' -x -a 'number name owner owner_name employee_name fnr before after result result_before changed_at employee year withheld -number -name -owner -owner_name -employee_name -fnr -before -after -result -result_before -changed_at -employee -year -withheld'
complete -c bureau -n '__bureau_at " taxcards import"' -l fields -d 'Only these columns, in this order.' -x -a '(__bureau_several number name orgnr employee_name fnr result before applies outcome code reason place line year deductions card_changed employee withheld)'
complete -c bureau -n '__bureau_at " taxcards import"' -l sort -d 'Order by a column, - for descending.' -x -a 'number name orgnr employee_name fnr result before applies outcome code reason place line year deductions card_changed employee withheld -number -name -orgnr -employee_name -fnr -result -before -applies -outcome -code -reason -place -line -year -deductions -card_changed -employee -withheld'
complete -c bureau -n '__bureau_at " users list"' -l role -d 'With this role; repeat for several.' -x -a 'none officer administrator leader'
complete -c bureau -n '__bureau_at " users list"' -l active -d 'Only who is here, or only who has left.' -x -a 'yes no'
complete -c bureau -n '__bureau_at " users list" " users show" " users set-role"' -l fields -d 'Only these columns, in this order.' -x -a '(__bureau_several login name role active owner_of member_of two_factor left email)'
complete -c bureau -n '__bureau_at " users list"' -l sort -d 'Order by a column, - for descending.' -x -a 'login name role -login -name -role'
