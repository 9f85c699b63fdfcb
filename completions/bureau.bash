# Generated from the command tree by `make generate`; do not edit.

# Puts the words of the line up to the cursor together again: readline breaks them at = : and @ too.
_bureau_words() {
    local line="${COMP_LINE:0:COMP_POINT}" rest word
    for word in "${COMP_WORDS[@]:0:COMP_CWORD+1}"; do
        rest="${line#"${line%%[![:space:]]*}"}"
        [ ${#word} -le ${#rest} ] || word="$rest"
        if [ ${#words[@]} -gt 0 ] && [ "$rest" = "$line" ]; then
            words[${#words[@]}-1]+="$word"
        else
            words+=("$word")
        fi
        line="${rest#"$word"}"
    done
}

_bureau_last() {
    item="${value##*,}"
    head="${value%"$item"}"
}

_bureau_fixed() {
    COMPREPLY=($(compgen -P "$head" -W "$1" -- "$item"))
}

# Several come with a description; where each is put on the line in turn, without. A blank one keeps what was typed.
_bureau_names() {
    local at
    mapfile -t COMPREPLY < <(bureau --complete bash "$1" "$item" "${words[@]:0:${#words[@]}-1}")
    [[ ${COMP_TYPE:-9} != @(37|42) ]] || COMPREPLY=("${COMPREPLY[@]%%  (*}")
    [ -z "$head" ] && return
    for at in "${!COMPREPLY[@]}"; do
        [ "${COMPREPLY[at]}" = " " ] || COMPREPLY[at]="$head${COMPREPLY[at]}"
    done
}

_bureau_names_or_file() {
    case "$value" in
        @*) item="${value#@}"; _bureau_file_after_at ;;
        *) _bureau_last; _bureau_names "$1" ;;
    esac
}

# A file with an @ before it is none to readline, so what it does for files is done here.
_bureau_file_after_at() {
    local at
    mapfile -t COMPREPLY < <(compgen -f -- "$item")
    for at in "${!COMPREPLY[@]}"; do
        [ ! -d "${COMPREPLY[at]}" ] || COMPREPLY[at]+=/
        printf -v "COMPREPLY[$at]" '@%q' "${COMPREPLY[at]}"
    done
    [[ ${COMPREPLY[0]} != */ ]] || compopt -o nospace
}

_bureau_value() {
    case "$before:$at" in
        --access:*) _bureau_fixed "mine none" ;;
        --active:*|--used:*) _bureau_fixed "yes no" ;;
        --actor:*|--from-user:*|--member:*|--new-owner:*|--owner:*|"--to-user: access copy"|--user:*) _bureau_names users ;;
        --against:*|--anchor:*|--letters:*|--out:*|--plan-out:*|--prices:*) compopt -o default ;;
        --as-of:*) _bureau_names snapshots ;;
        "--by: dashboard") _bureau_fixed "group owner" ;;
        "--by: report terminoppgave"|"--by: report forbrukslogg") _bureau_fixed "client owner bureau" ;;
        "--by: report automatiseringsgrad") _bureau_fixed "owner bureau" ;;
        --client:*|--explain:*) _bureau_names clients ;;
        "--clients: a-melding list"|"--clients: a-melding triage"|"--clients: access list"|"--clients: access grant"|"--clients: access revoke"|"--clients: access copy"|"--clients: access review"|"--clients: altinn list"|"--clients: altinn enable"|"--clients: altinn disable"|"--clients: altinn tag"|"--clients: altinn untag"|"--clients: check access"|"--clients: check closed"|"--clients: check reported"|"--clients: check a-melding"|"--clients: check done"|"--clients: check withholding"|"--clients: check taxcards"|"--clients: clients list"|"--clients: dashboard"|"--clients: deadlines"|"--clients: diff"|"--clients: groups add"|"--clients: groups remove"|"--clients: owners list"|"--clients: owners set"|"--clients: owners infer"|"--clients: owners move"|"--clients: report mine-klienter"|"--clients: report terminoppgave"|"--clients: report forbrukslogg"|"--clients: report automatiseringsgrad"|"--clients: report all"|"--clients: runs list"|"--clients: status"|"--clients: taxcards fetch"|"--clients: taxcards status"|"--clients: taxcards list"|"--clients: taxcards changes") _bureau_names_or_file clients ;;
        --complete:*) _bureau_fixed "clients users all" ;;
        --delegation:*) _bureau_fixed "granted pending missing" ;;
        "--fields: a-melding list"|"--fields: a-melding show") _bureau_last; _bureau_fixed "number name orgnr state standing codes sent_at feedback_at month deviations recipients withholding attachment aga finansskatt aga_lines payments payroll_runs message replaces replaced_by created_at withheld fetched_at" ;;
        "--fields: a-melding triage") _bureau_last; _bureau_fixed "severity clients code text occurrences messages since numbers names" ;;
        "--fields: access list") _bureau_last; _bureau_fixed "number name orgnr user user_name role state from to ended_at source reason granted_by granted_at last_used bureau_role user_active" ;;
        "--fields: access grant"|"--fields: access revoke"|"--fields: access copy"|"--fields: access plan"|"--fields: access apply"|"--fields: access leave"|"--fields: owners set"|"--fields: owners infer"|"--fields: owners move") _bureau_last; _bureau_fixed "number user name action outcome code reason" ;;
        "--fields: access drift") _bureau_last; _bureau_fixed "number user name action code reason" ;;
        "--fields: access review") _bureau_last; _bureau_fixed "number name orgnr user user_name role state from to source reason granted_by granted_at last_used bureau_role user_active findings kept signed" ;;
        "--fields: altinn list") _bureau_last; _bureau_fixed "number name orgnr partner_settings delegation package tagged tagged_names since fetched_at" ;;
        "--fields: altinn enable"|"--fields: altinn disable"|"--fields: altinn tag"|"--fields: altinn untag"|"--fields: altinn apply") _bureau_last; _bureau_fixed "number name user action outcome code reason" ;;
        "--fields: audit list") _bureau_last; _bureau_fixed "seq at actor action number name about subject outcome code changed before after request_id run_id prev_hash hash" ;;
        "--fields: audit verify") _bureau_last; _bureau_fixed "seq last_seq state found hash expected" ;;
        "--fields: audit anchor") _bureau_last; _bureau_fixed "seq hash at bureau platform" ;;
        "--fields: auth login"|"--fields: auth status"|"--fields: auth logout") _bureau_last; _bureau_fixed "profile state login name role bureau orgnr expires_at renews base_url store place" ;;
        "--fields: check access") _bureau_last; _bureau_fixed "finding number name user user_name role owner owner_name reason" ;;
        "--fields: check closed"|"--fields: check reported"|"--fields: check a-melding"|"--fields: check done"|"--fields: check withholding") _bureau_last; _bureau_fixed "finding number name owner owner_name period step state due reason pay_dates payroll_runs message fetched_at" ;;
        "--fields: check taxcards") _bureau_last; _bureau_fixed "finding number name owner owner_name employees due reason fetched_at" ;;
        "--fields: clients list"|"--fields: clients show") _bureau_last; _bureau_fixed "number name orgnr form status paydays owner owner_name members member_names my_access groups active_employees zones sites pay_groups linked_via altinn_settings altinn_delegation onboarded left last_period last_pay_date last_payslips last_gross last_net withheld fetched_at" ;;
        "--fields: completion install"|"--fields: completion status") _bureau_last; _bureau_fixed "shell state path needs" ;;
        "--fields: config list"|"--fields: config get"|"--fields: config set") _bureau_last; _bureau_fixed "key value origin" ;;
        "--fields: dashboard") _bureau_last; _bureau_fixed "period scope_kind scope scope_name figure value previous last_year change change_in_a_year trend growth coverage covered covered_of definition fetched_at" ;;
        "--fields: diff") _bureau_last; _bureau_fixed "what number name user before after change" ;;
        "--fields: doctor") _bureau_last; _bureau_fixed "check state found fix" ;;
        "--fields: groups list"|"--fields: groups create"|"--fields: groups rename"|"--fields: groups set-rule"|"--fields: groups delete") _bureau_last; _bureau_fixed "slug title kind rule count created_at updated_at" ;;
        "--fields: groups add"|"--fields: groups remove") _bureau_last; _bureau_fixed "number name action outcome code reason" ;;
        "--fields: groups plan"|"--fields: groups apply") _bureau_last; _bureau_fixed "group number name action outcome code reason" ;;
        "--fields: history list") _bureau_last; _bureau_fixed "run began_at command profile login state items done unchanged refused failed pending unknown not_attempted exit_code retries undoes" ;;
        "--fields: history show") _bureau_last; _bureau_fixed "target number user name action outcome code reason so_now" ;;
        "--fields: history retry"|"--fields: history undo") _bureau_last; _bureau_fixed "target number user name action outcome code reason" ;;
        "--fields: owners list") _bureau_last; _bureau_fixed "number name orgnr owner owner_name source verdict ran_by ran_by_name period pay_date payroll_run fetched_at" ;;
        "--fields: platform status"|"--fields: platform seed"|"--fields: platform reset"|"--fields: platform clock") _bureau_last; _bureau_fixed "path clients users groups seed today clock pinned horizon login faults bytes" ;;
        "--fields: platform faults") _bureau_last; _bureau_fixed "fault" ;;
        "--fields: profiles list"|"--fields: profiles show"|"--fields: profiles use"|"--fields: profiles remove") _bureau_last; _bureau_fixed "profile base_url store writes is_default" ;;
        "--fields: report mine-klienter") _bureau_last; _bureau_fixed "number name orgnr status owner owner_name members member_names groups paydays active_employees last_period last_pay_date last_payslips period closed reported done a_melding next next_state next_due next_deadline deadline_due deadline_met tax_cards_missing my_access outside withheld fetched_at" ;;
        "--fields: report terminoppgave") _bureau_last; _bureau_fixed "number name orgnr owner owner_name term term_part levy month kind site zone sector base levy_rate amount pay_date due account kid kid_valid settled reported_amount expected_amount difference causes messages payroll_runs basis lawful fribelop_base fribelop_left withheld fetched_at" ;;
        "--fields: report forbrukslogg") _bureau_last; _bureau_fixed "number name orgnr owner owner_name month kind count price amount withheld fetched_at" ;;
        "--fields: report automatiseringsgrad") _bureau_last; _bureau_fixed "scope_kind scope scope_name number orgnr owner owner_name from_month to_month payslips manual untouched degree change trend coverage covered covered_of definition withheld fetched_at" ;;
        "--fields: report verify") _bureau_last; _bureau_fixed "file difference sheet inside told" ;;
        "--fields: runs list"|"--fields: runs show") _bureau_last; _bureau_fixed "number name orgnr pay_date state type payslips payslips_untouched gross net period pay_group payday withholding attachment aga_base aga aga_lines created_at created_by submitted_at approved_at locked_at paid_at payslips_sent_at withholding_paid_at attachment_paid_at booked_at payments_as_of payroll_run withheld fetched_at" ;;
        "--fields: schedule add"|"--fields: schedule list"|"--fields: schedule remove") _bureau_last; _bureau_fixed "schedule rhythm command result exit_code last_run age next_run scheduler folder" ;;
        "--fields: snapshot save"|"--fields: snapshot list"|"--fields: snapshot show"|"--fields: snapshot delete"|"--fields: snapshot prune") _bureau_last; _bureau_fixed "snapshot period as_of saved_at clients with_pay runs messages deadlines users left_out bytes login profile platform bureau version" ;;
        "--fields: status") _bureau_last; _bureau_fixed "number name orgnr period when pay_dates created approved locked paid payslips withholding a_melding feedback next next_state next_due owner owner_name state closed reported done a_melding_state reasons created_due approved_due locked_due paid_due payslips_due withholding_due a_melding_due feedback_due outside withheld stale fetched_at" ;;
        "--fields: taxcards fetch") _bureau_last; _bureau_fixed "number name owner employee_name fnr result before applies outcome code reason card_changed employee withheld" ;;
        "--fields: taxcards status") _bureau_last; _bureau_fixed "number name orgnr owner owner_name employees fetched missing at_50 at_50_on next_pay_date oldest newest delegation year ordered_at mode job job_state fetched_at" ;;
        "--fields: taxcards list") _bureau_last; _bureau_fixed "number name employee_name fnr result applies employer_role issued orgnr employee year deductions extra_info withheld card fetched_at" ;;
        "--fields: taxcards changes") _bureau_last; _bureau_fixed "number name owner owner_name employee_name fnr before after result result_before changed_at employee year withheld" ;;
        "--fields: taxcards import") _bureau_last; _bureau_fixed "number name orgnr employee_name fnr result before applies outcome code reason place line year deductions card_changed employee withheld" ;;
        "--fields: users list"|"--fields: users show"|"--fields: users set-role") _bureau_last; _bureau_fixed "login name role active owner_of member_of two_factor left email" ;;
        "--from: report forbrukslogg"|"--from: report automatiseringsgrad"|--period:*|--term:*|"--to: report forbrukslogg"|"--to: report automatiseringsgrad") _bureau_fixed "this last" ;;
        --group:*|--not-group:*) _bureau_names groups ;;
        "--kind: deadlines") _bureau_fixed "pay_day forskuddstrekk utleggstrekk a_melding term tax_cards" ;;
        "--kind: report forbrukslogg") _bureau_fixed "payslip travel expense absence" ;;
        --lang:*) _bureau_fixed "nb en" ;;
        --lock:*) _bureau_fixed "fail skip wait" ;;
        --mode:*) _bureau_fixed "all changes" ;;
        --only:*) _bureau_fixed "client status owner access done closed reported a_melding net gross withholding attachment payslips employees automation" ;;
        --outcome:*) _bureau_fixed "done refused" ;;
        --output:*|-o:*) _bureau_fixed "table plain tsv csv json ndjson markdown xlsx ids toml html ics" ;;
        --part:*) _bureau_fixed "differences by_term by_pay_date" ;;
        --profile:*|-p:*) _bureau_names profiles ;;
        --result:*) _bureau_fixed "skattekortopplysningerOK ikkeSkattekort ikkeTrekkplikt vurderArbeidstillatelse ugyldigOrganisasjonsnummer ugyldigFoedselsEllerDnummer utgaattDnummerSkattekortForFoedselsnummerErLevert" ;;
        --reveal:*) _bureau_fixed "fnr" ;;
        "--role: access list"|"--role: access grant"|"--role: access copy") _bureau_fixed "owner member" ;;
        "--role: users list") _bureau_fixed "none officer administrator leader" ;;
        --run:*) _bureau_names runs ;;
        --severity:*) _bureau_fixed "rejection immediate guideline" ;;
        "--sort: a-melding list") _bureau_fixed "number name orgnr state standing codes sent_at feedback_at month deviations recipients withholding attachment aga finansskatt aga_lines payments payroll_runs message replaces replaced_by created_at withheld fetched_at -number -name -orgnr -state -standing -codes -sent_at -feedback_at -month -deviations -recipients -withholding -attachment -aga -finansskatt -aga_lines -payments -payroll_runs -message -replaces -replaced_by -created_at -withheld -fetched_at" ;;
        "--sort: a-melding triage") _bureau_fixed "severity clients code text occurrences messages since numbers names -severity -clients -code -text -occurrences -messages -since -numbers -names" ;;
        "--sort: access list") _bureau_fixed "client user to -client -user -to" ;;
        "--sort: access grant"|"--sort: access revoke"|"--sort: access copy"|"--sort: access plan"|"--sort: access apply"|"--sort: access leave"|"--sort: owners set"|"--sort: owners infer"|"--sort: owners move") _bureau_fixed "number user name action outcome code reason -number -user -name -action -outcome -code -reason" ;;
        "--sort: access drift") _bureau_fixed "number user name action code reason -number -user -name -action -code -reason" ;;
        "--sort: access review") _bureau_fixed "number name orgnr user user_name role state from to source reason granted_by granted_at last_used bureau_role user_active findings kept signed -number -name -orgnr -user -user_name -role -state -from -to -source -reason -granted_by -granted_at -last_used -bureau_role -user_active -findings -kept -signed" ;;
        "--sort: altinn list") _bureau_fixed "number name orgnr partner_settings delegation package tagged tagged_names since fetched_at -number -name -orgnr -partner_settings -delegation -package -tagged -tagged_names -since -fetched_at" ;;
        "--sort: altinn enable"|"--sort: altinn disable"|"--sort: altinn tag"|"--sort: altinn untag"|"--sort: altinn apply") _bureau_fixed "number name user action outcome code reason -number -name -user -action -outcome -code -reason" ;;
        "--sort: audit list") _bureau_fixed "seq -seq" ;;
        "--sort: audit verify") _bureau_fixed "seq last_seq state found hash expected -seq -last_seq -state -found -hash -expected" ;;
        "--sort: check access") _bureau_fixed "finding number name user user_name role owner owner_name reason -finding -number -name -user -user_name -role -owner -owner_name -reason" ;;
        "--sort: check closed"|"--sort: check reported"|"--sort: check a-melding"|"--sort: check done"|"--sort: check withholding") _bureau_fixed "finding number name owner owner_name period step state due reason pay_dates payroll_runs message fetched_at -finding -number -name -owner -owner_name -period -step -state -due -reason -pay_dates -payroll_runs -message -fetched_at" ;;
        "--sort: check taxcards") _bureau_fixed "finding number name owner owner_name employees due reason fetched_at -finding -number -name -owner -owner_name -employees -due -reason -fetched_at" ;;
        "--sort: clients list") _bureau_fixed "name number orgnr status owner active_employees onboarded -name -number -orgnr -status -owner -active_employees -onboarded" ;;
        "--sort: completion status") _bureau_fixed "shell state path needs -shell -state -path -needs" ;;
        "--sort: config list") _bureau_fixed "key value origin -key -value -origin" ;;
        "--sort: dashboard") _bureau_fixed "period scope_kind scope scope_name figure value previous last_year change change_in_a_year trend growth coverage covered covered_of definition fetched_at -period -scope_kind -scope -scope_name -figure -value -previous -last_year -change -change_in_a_year -trend -growth -coverage -covered -covered_of -definition -fetched_at" ;;
        "--sort: diff") _bureau_fixed "what number name user before after change -what -number -name -user -before -after -change" ;;
        "--sort: doctor") _bureau_fixed "check state found fix -check -state -found -fix" ;;
        "--sort: groups list") _bureau_fixed "slug title count -slug -title -count" ;;
        "--sort: groups add"|"--sort: groups remove") _bureau_fixed "number name action outcome code reason -number -name -action -outcome -code -reason" ;;
        "--sort: groups plan"|"--sort: groups apply") _bureau_fixed "group number name action outcome code reason -group -number -name -action -outcome -code -reason" ;;
        "--sort: history list") _bureau_fixed "run began_at command profile login state items done unchanged refused failed pending unknown not_attempted exit_code retries undoes -run -began_at -command -profile -login -state -items -done -unchanged -refused -failed -pending -unknown -not_attempted -exit_code -retries -undoes" ;;
        "--sort: history show") _bureau_fixed "target number user name action outcome code reason so_now -target -number -user -name -action -outcome -code -reason -so_now" ;;
        "--sort: history retry"|"--sort: history undo") _bureau_fixed "target number user name action outcome code reason -target -number -user -name -action -outcome -code -reason" ;;
        "--sort: owners list") _bureau_fixed "number name orgnr owner owner_name source verdict ran_by ran_by_name period pay_date payroll_run fetched_at -number -name -orgnr -owner -owner_name -source -verdict -ran_by -ran_by_name -period -pay_date -payroll_run -fetched_at" ;;
        "--sort: platform faults") _bureau_fixed "fault -fault" ;;
        "--sort: profiles list") _bureau_fixed "profile base_url store writes is_default -profile -base_url -store -writes -is_default" ;;
        "--sort: report mine-klienter") _bureau_fixed "number name orgnr status owner owner_name members member_names groups paydays active_employees last_period last_pay_date last_payslips period closed reported done a_melding next next_state next_due next_deadline deadline_due deadline_met tax_cards_missing my_access outside withheld fetched_at -number -name -orgnr -status -owner -owner_name -members -member_names -groups -paydays -active_employees -last_period -last_pay_date -last_payslips -period -closed -reported -done -a_melding -next -next_state -next_due -next_deadline -deadline_due -deadline_met -tax_cards_missing -my_access -outside -withheld -fetched_at" ;;
        "--sort: report terminoppgave") _bureau_fixed "number name orgnr owner owner_name term term_part levy month kind site zone sector base levy_rate amount pay_date due account kid kid_valid settled reported_amount expected_amount difference causes messages payroll_runs basis lawful fribelop_base fribelop_left withheld fetched_at -number -name -orgnr -owner -owner_name -term -term_part -levy -month -kind -site -zone -sector -base -levy_rate -amount -pay_date -due -account -kid -kid_valid -settled -reported_amount -expected_amount -difference -causes -messages -payroll_runs -basis -lawful -fribelop_base -fribelop_left -withheld -fetched_at" ;;
        "--sort: report forbrukslogg") _bureau_fixed "number name orgnr owner owner_name month kind count price amount withheld fetched_at -number -name -orgnr -owner -owner_name -month -kind -count -price -amount -withheld -fetched_at" ;;
        "--sort: report automatiseringsgrad") _bureau_fixed "scope_kind scope scope_name number orgnr owner owner_name from_month to_month payslips manual untouched degree change trend coverage covered covered_of definition withheld fetched_at -scope_kind -scope -scope_name -number -orgnr -owner -owner_name -from_month -to_month -payslips -manual -untouched -degree -change -trend -coverage -covered -covered_of -definition -withheld -fetched_at" ;;
        "--sort: report verify") _bureau_fixed "file difference sheet inside told -file -difference -sheet -inside -told" ;;
        "--sort: runs list") _bureau_fixed "number name orgnr pay_date state type payslips payslips_untouched gross net period pay_group payday withholding attachment aga_base aga aga_lines created_at created_by submitted_at approved_at locked_at paid_at payslips_sent_at withholding_paid_at attachment_paid_at booked_at payments_as_of payroll_run withheld fetched_at -number -name -orgnr -pay_date -state -type -payslips -payslips_untouched -gross -net -period -pay_group -payday -withholding -attachment -aga_base -aga -aga_lines -created_at -created_by -submitted_at -approved_at -locked_at -paid_at -payslips_sent_at -withholding_paid_at -attachment_paid_at -booked_at -payments_as_of -payroll_run -withheld -fetched_at" ;;
        "--sort: schedule list") _bureau_fixed "schedule rhythm command result exit_code last_run age next_run scheduler folder -schedule -rhythm -command -result -exit_code -last_run -age -next_run -scheduler -folder" ;;
        "--sort: snapshot list"|"--sort: snapshot delete"|"--sort: snapshot prune") _bureau_fixed "snapshot period as_of saved_at clients with_pay runs messages deadlines users left_out bytes login profile platform bureau version -snapshot -period -as_of -saved_at -clients -with_pay -runs -messages -deadlines -users -left_out -bytes -login -profile -platform -bureau -version" ;;
        "--sort: status") _bureau_fixed "number name orgnr period when pay_dates created approved locked paid payslips withholding a_melding feedback next next_state next_due owner owner_name state closed reported done a_melding_state reasons created_due approved_due locked_due paid_due payslips_due withholding_due a_melding_due feedback_due outside withheld stale fetched_at -number -name -orgnr -period -when -pay_dates -created -approved -locked -paid -payslips -withholding -a_melding -feedback -next -next_state -next_due -owner -owner_name -state -closed -reported -done -a_melding_state -reasons -created_due -approved_due -locked_due -paid_due -payslips_due -withholding_due -a_melding_due -feedback_due -outside -withheld -stale -fetched_at" ;;
        "--sort: taxcards fetch") _bureau_fixed "number name owner employee_name fnr result before applies outcome code reason card_changed employee withheld -number -name -owner -employee_name -fnr -result -before -applies -outcome -code -reason -card_changed -employee -withheld" ;;
        "--sort: taxcards status") _bureau_fixed "number name orgnr owner owner_name employees fetched missing at_50 at_50_on next_pay_date oldest newest delegation year ordered_at mode job job_state fetched_at -number -name -orgnr -owner -owner_name -employees -fetched -missing -at_50 -at_50_on -next_pay_date -oldest -newest -delegation -year -ordered_at -mode -job -job_state -fetched_at" ;;
        "--sort: taxcards list") _bureau_fixed "number name employee_name fnr result applies employer_role issued orgnr employee year deductions extra_info withheld card fetched_at -number -name -employee_name -fnr -result -applies -employer_role -issued -orgnr -employee -year -deductions -extra_info -withheld -card -fetched_at" ;;
        "--sort: taxcards changes") _bureau_fixed "number name owner owner_name employee_name fnr before after result result_before changed_at employee year withheld -number -name -owner -owner_name -employee_name -fnr -before -after -result -result_before -changed_at -employee -year -withheld" ;;
        "--sort: taxcards import") _bureau_fixed "number name orgnr employee_name fnr result before applies outcome code reason place line year deductions card_changed employee withheld -number -name -orgnr -employee_name -fnr -result -before -applies -outcome -code -reason -place -line -year -deductions -card_changed -employee -withheld" ;;
        "--sort: users list") _bureau_fixed "login name role -login -name -role" ;;
        --source:*) _bureau_fixed "manual inferred rule client_invited" ;;
        "--state: a-melding list") _bureau_fixed "not_sent sent received received_guideline received_immediate rejected" ;;
        "--state: access list") _bureau_fixed "running upcoming ended" ;;
        "--state: runs list") _bureau_fixed "open awaiting_approval approved locked" ;;
        --status:*) _bureau_fixed "active onboarding leaving left" ;;
        --store:*) _bureau_fixed "keyring file systemd env" ;;
        "--to-user: owners move") _bureau_names users ;;
        --type:*) _bureau_fixed "ordinary extra vacation until_now" ;;
        --verdict:*) _bureau_fixed "same no_owner differs differs_from_manual runner_left no_run" ;;
    esac
}

_bureau_argument() {
    case "$at:$place" in
        " access plan:0") compopt -o default ;;
        " access apply:0") compopt -o default ;;
        " access drift:0") compopt -o default ;;
        " altinn apply:0") compopt -o default ;;
        " api:0") _bureau_fixed "GET POST PATCH PUT DELETE" ;;
        " clients show:0") _bureau_names clients ;;
        " completion show:0") _bureau_fixed "bash zsh fish" ;;
        " completion install:0") _bureau_fixed "bash zsh fish" ;;
        " config get:0") _bureau_fixed "base_url client_id credential deadline exchange jobs lang output profile token_file user writes" ;;
        " config set:0") _bureau_fixed "base_url client_id credential deadline exchange jobs lang output profile token_file user writes" ;;
        " diff:0") _bureau_names snapshots ;;
        " diff:1") _bureau_names snapshots ;;
        " explain:0") _bureau_fixed "bug answer_invalid output_failed usage config_invalid config_key_unknown editor_failed file_invalid document_invalid plan_foreign run_unreadable snapshot_unreadable snapshot_lacks file_exists place_invalid invalid_request where_invalid window_too_long law_unknown order_invalid cursor_invalid client_ambiguous method_not_allowed payload_too_large unsupported_media_type unsupported_grant_type unauthenticated token_expired invalid_client invalid_grant credential_missing credential_exposed keyring_absent keyring_locked keyring_silent snapshot_foreign origin_refused bureau_not_activated bureau_not_eligible role_forbids own_role no_access not_found client_not_found group_not_found user_not_found selection_not_found employee_not_found job_not_found profile_not_found run_not_found snapshot_not_found schedule_not_found code_not_found group_exists snapshot_exists schedule_exists precondition_failed plan_stale run_moved run_retried conflict idempotency_in_progress needs_yes secret_not_asked declined writes_denied journal_unwritable run_foreign run_final rule_forbids access_invited access_gap access_missing altinn_off date_passed tax_year_not_open tax_year_closed no_delegation client_left ordered_today refused_today order_under_way employment_ended begins_later no_earlier_order authority_refused answer_missing answer_unreadable card_older last_overseer owner_begins_at_once trail_broken owner_needed user_left idempotency_mismatch embedded_only scheduler_missing scheduler_refused platform_refused job_pending job_needs_authentication network timeout answer_broken rate_limited busy internal deadline_passed lock_held interrupted terminated 0 1 2 3 4 5 6 7 8 9 10 75 130 143" ;;
        " groups show:0") _bureau_names groups ;;
        " groups rename:0") _bureau_names groups ;;
        " groups set-rule:0") _bureau_names groups ;;
        " groups delete:0") _bureau_names groups ;;
        " groups add:0") _bureau_names groups ;;
        " groups remove:0") _bureau_names groups ;;
        " groups plan:0") compopt -o default ;;
        " groups apply:0") compopt -o default ;;
        " history show:0") _bureau_names runs ;;
        " history retry:0") _bureau_names runs ;;
        " history undo:0") _bureau_names runs ;;
        " platform token:0") _bureau_names logins ;;
        " profiles show:0") _bureau_names profiles ;;
        " profiles use:0") _bureau_names profiles ;;
        " profiles remove:0") _bureau_names profiles ;;
        " report verify:0") compopt -o default ;;
        " snapshot show:0") _bureau_names snapshots ;;
        " snapshot delete:0") _bureau_names snapshots ;;
        " taxcards import:0") compopt -o default ;;
        " users show:0") _bureau_names users ;;
        " users set-role:0") _bureau_names users ;;
        " users set-role:1") _bureau_fixed "none officer administrator leader" ;;
        *) return 1 ;;
    esac
}

_bureau_option() {
    local shared="--output -o --out --force --fields --sort --limit --excel --no-header --lang --profile -p --deadline --quiet -q --trace --cron --lock --jitter --help -h"
    case "$at" in
        "") _bureau_fixed "--version $shared" ;;
        " a-melding list") _bureau_fixed "--period --state --severity --code --payday --all --clients --group --not-group --owner --where --all-clients --as-of $shared" ;;
        " a-melding show") _bureau_fixed "--as-of $shared" ;;
        " a-melding triage") _bureau_fixed "--period --severity --clients --group --not-group --owner --where --all-clients --as-of $shared" ;;
        " access list") _bureau_fixed "--user --role --source --state --ending-within --stale --clients --group --not-group --owner --where --all-clients --as-of $shared" ;;
        " access grant") _bureau_fixed "--user --role --from --to --reason --clients --group --not-group --owner --where --all-clients --plan --plan-out --jobs --fail-fast --max-failures --yes -y $shared" ;;
        " access revoke") _bureau_fixed "--user --to --new-owner --clients --group --not-group --owner --where --all-clients --plan --plan-out --jobs --fail-fast --max-failures --yes -y $shared" ;;
        " access copy") _bureau_fixed "--from-user --to-user --role --to --reason --clients --group --not-group --owner --where --all-clients --plan --plan-out --jobs --fail-fast --max-failures --yes -y $shared" ;;
        " access plan") _bureau_fixed "--complete --plan-out $shared" ;;
        " access apply") _bureau_fixed "--complete --plan --plan-out --jobs --fail-fast --max-failures --yes -y $shared" ;;
        " access drift") _bureau_fixed "--complete $shared" ;;
        " access leave") _bureau_fixed "--user --date --new-owner --keep-role --letters --plan --plan-out --jobs --fail-fast --max-failures --yes -y $shared" ;;
        " access review") _bureau_fixed "--clients --group --not-group --owner --where --all-clients $shared" ;;
        " altinn list") _bureau_fixed "--used --delegation --user --clients --group --not-group --owner --where --all-clients --as-of $shared" ;;
        " altinn enable") _bureau_fixed "--user --clients --group --not-group --owner --where --all-clients --plan --plan-out --jobs --fail-fast --max-failures --yes -y $shared" ;;
        " altinn disable") _bureau_fixed "--clients --group --not-group --owner --where --all-clients --plan --plan-out --jobs --fail-fast --max-failures --yes -y $shared" ;;
        " altinn tag") _bureau_fixed "--user --clients --group --not-group --owner --where --all-clients --plan --plan-out --jobs --fail-fast --max-failures --yes -y $shared" ;;
        " altinn untag") _bureau_fixed "--user --clients --group --not-group --owner --where --all-clients --plan --plan-out --jobs --fail-fast --max-failures --yes -y $shared" ;;
        " altinn apply") _bureau_fixed "--plan --plan-out --jobs --fail-fast --max-failures --yes -y $shared" ;;
        " api") _bureau_fixed "--field -f --body --yes -y $shared" ;;
        " audit list") _bureau_fixed "--from --to --actor --action --client --user --subject --outcome --run --request $shared" ;;
        " audit verify") _bureau_fixed "--from-seq --anchor $shared" ;;
        " audit anchor") _bureau_fixed "--anew $shared" ;;
        " auth login") _bureau_fixed "--base-url --store --client-id --token-stdin --secret-stdin $shared" ;;
        " auth status") _bureau_fixed "--offline $shared" ;;
        " auth logout") _bureau_fixed "--purge $shared" ;;
        " check access") _bureau_fixed "--clients --group --not-group --owner --where --all-clients $shared" ;;
        " check closed") _bureau_fixed "--period --max-age --clients --group --not-group --owner --where --all-clients $shared" ;;
        " check reported") _bureau_fixed "--period --max-age --clients --group --not-group --owner --where --all-clients $shared" ;;
        " check a-melding") _bureau_fixed "--period --max-age --clients --group --not-group --owner --where --all-clients $shared" ;;
        " check done") _bureau_fixed "--period --max-age --clients --group --not-group --owner --where --all-clients $shared" ;;
        " check withholding") _bureau_fixed "--period --max-age --clients --group --not-group --owner --where --all-clients $shared" ;;
        " check taxcards") _bureau_fixed "--max-age --clients --group --not-group --owner --where --all-clients $shared" ;;
        " clients list") _bureau_fixed "--member --payday --status --access --clients --group --not-group --owner --where --all-clients --as-of $shared" ;;
        " clients show") _bureau_fixed "--as-of $shared" ;;
        " config list") _bureau_fixed "--origin $shared" ;;
        " dashboard") _bureau_fixed "--period --by --compare --definitions --clients --group --not-group --owner --where --all-clients --as-of $shared" ;;
        " deadlines") _bureau_fixed "--from --to --kind --each --clients --group --not-group --owner --where --all-clients --as-of $shared" ;;
        " diff") _bureau_fixed "--only --exit-code --clients --group --not-group --owner --where --all-clients $shared" ;;
        " doctor") _bureau_fixed "--network --exit-code $shared" ;;
        " groups list") _bureau_fixed "--as-of $shared" ;;
        " groups show") _bureau_fixed "--explain --as-of $shared" ;;
        " groups create") _bureau_fixed "--title --rule $shared" ;;
        " groups rename") _bureau_fixed "--to --title $shared" ;;
        " groups set-rule") _bureau_fixed "--manual --yes -y $shared" ;;
        " groups delete") _bureau_fixed "--yes -y $shared" ;;
        " groups add") _bureau_fixed "--clients --group --not-group --owner --where --all-clients --plan --plan-out --jobs --fail-fast --max-failures --yes -y $shared" ;;
        " groups remove") _bureau_fixed "--clients --group --not-group --owner --where --all-clients --plan --plan-out --jobs --fail-fast --max-failures --yes -y $shared" ;;
        " groups plan") _bureau_fixed "--plan-out $shared" ;;
        " groups apply") _bureau_fixed "--plan --plan-out --jobs --fail-fast --max-failures --yes -y $shared" ;;
        " history retry") _bureau_fixed "--plan --plan-out --jobs --fail-fast --max-failures --yes -y $shared" ;;
        " history undo") _bureau_fixed "--plan --plan-out --jobs --fail-fast --max-failures --yes -y $shared" ;;
        " owners list") _bureau_fixed "--verdict --clients --group --not-group --owner --where --all-clients --as-of $shared" ;;
        " owners set") _bureau_fixed "--user --clients --group --not-group --owner --where --all-clients --plan --plan-out --jobs --fail-fast --max-failures --yes -y $shared" ;;
        " owners infer") _bureau_fixed "--override-manual --clients --group --not-group --owner --where --all-clients --plan --plan-out --jobs --fail-fast --max-failures --yes -y $shared" ;;
        " owners move") _bureau_fixed "--from-user --to-user --evenly --clients --group --not-group --owner --where --all-clients --plan --plan-out --jobs --fail-fast --max-failures --yes -y $shared" ;;
        " platform seed") _bureau_fixed "--clients --seed --today --yes -y $shared" ;;
        " platform reset") _bureau_fixed "--yes -y $shared" ;;
        " platform faults") _bureau_fixed "--clear $shared" ;;
        " platform token") _bureau_fixed "--lifetime --static --client-credentials $shared" ;;
        " platform serve") _bureau_fixed "--port --fault-header --delay $shared" ;;
        " profiles remove") _bureau_fixed "--yes -y $shared" ;;
        " report mine-klienter") _bureau_fixed "--period --clients --group --not-group --owner --where --all-clients $shared" ;;
        " report terminoppgave") _bureau_fixed "--term --part --by --clients --group --not-group --owner --where --all-clients $shared" ;;
        " report forbrukslogg") _bureau_fixed "--period --from --to --kind --prices --against --by --clients --group --not-group --owner --where --all-clients $shared" ;;
        " report automatiseringsgrad") _bureau_fixed "--period --from --to --manual --by --clients --group --not-group --owner --where --all-clients $shared" ;;
        " report all") _bureau_fixed "--period --prices --clients --group --not-group --owner --where --all-clients $shared" ;;
        " report verify") _bureau_fixed "--sha256 $shared" ;;
        " runs list") _bureau_fixed "--period --from --to --state --type --payday --clients --group --not-group --owner --where --all-clients --as-of $shared" ;;
        " runs show") _bureau_fixed "--as-of $shared" ;;
        " schedule add") _bureau_fixed "--at --on --systemd --crontab --yes -y $shared" ;;
        " schedule remove") _bureau_fixed "--yes -y $shared" ;;
        " snapshot save") _bureau_fixed "--period $shared" ;;
        " snapshot delete") _bureau_fixed "--yes -y $shared" ;;
        " snapshot prune") _bureau_fixed "--keep --yes -y $shared" ;;
        " status") _bureau_fixed "--period --open --explain --watch --clients --group --not-group --owner --where --all-clients --as-of $shared" ;;
        " taxcards fetch") _bureau_fixed "--year --mode --again --wait --clients --group --not-group --owner --where --all-clients --plan --jobs --fail-fast --max-failures --yes -y $shared" ;;
        " taxcards status") _bureau_fixed "--year --explain --clients --group --not-group --owner --where --all-clients $shared" ;;
        " taxcards list") _bureau_fixed "--year --result --reveal --reveal-reason --clients --group --not-group --owner --where --all-clients $shared" ;;
        " taxcards changes") _bureau_fixed "--year --since --exit-code --clients --group --not-group --owner --where --all-clients $shared" ;;
        " taxcards import") _bureau_fixed "--plan --jobs --fail-fast --max-failures --yes -y $shared" ;;
        " users list") _bureau_fixed "--role --active --as-of $shared" ;;
        " users show") _bureau_fixed "--as-of $shared" ;;
        " users set-role") _bureau_fixed "--yes -y $shared" ;;
        *) _bureau_fixed "$shared" ;;
    esac
}

_bureau_command() {
    case "$at" in
        "") _bureau_fixed "a-melding access altinn api audit auth check clients completion config dashboard deadlines diff doctor explain groups history owners platform profiles report runs schedule snapshot status taxcards users" ;;
        " a-melding") _bureau_fixed "list show triage" ;;
        " access") _bureau_fixed "list grant revoke copy plan apply drift leave review" ;;
        " altinn") _bureau_fixed "list enable disable tag untag apply" ;;
        " audit") _bureau_fixed "list verify anchor" ;;
        " auth") _bureau_fixed "login status logout" ;;
        " check") _bureau_fixed "access closed reported a-melding done withholding taxcards" ;;
        " clients") _bureau_fixed "list show" ;;
        " completion") _bureau_fixed "show install status" ;;
        " config") _bureau_fixed "list get set path edit" ;;
        " groups") _bureau_fixed "list show create rename set-rule delete add remove plan apply" ;;
        " history") _bureau_fixed "list show retry undo" ;;
        " owners") _bureau_fixed "list set infer move" ;;
        " platform") _bureau_fixed "status seed reset clock faults token serve" ;;
        " profiles") _bureau_fixed "list show use remove" ;;
        " report") _bureau_fixed "mine-klienter terminoppgave forbrukslogg automatiseringsgrad all verify" ;;
        " runs") _bureau_fixed "list show" ;;
        " schedule") _bureau_fixed "add list remove" ;;
        " snapshot") _bureau_fixed "save list show delete prune" ;;
        " taxcards") _bureau_fixed "fetch status list changes import" ;;
        " users") _bureau_fixed "list show set-role" ;;
        *) _bureau_option ;;
    esac
}

_bureau_line() {
    local at="" before="" place=0 word words=() value item head="" kept
    _bureau_words
    for word in "${words[@]:1:${#words[@]}-2}"; do
        if [ -n "$before" ]; then
            before=""
            continue
        fi
        case "$word" in
            --access|--action|--active|--actor|--against|--anchor|--as-of|--at|--base-url|--body|--by|--client|--client-id|--clients|--code|--complete|--date|--deadline|--delay|--delegation|--ending-within|--explain|--field|--fields|--from|--from-seq|--from-user|--group|--jitter|--jobs|--keep|--kind|--lang|--letters|--lifetime|--limit|--lock|--max-age|--max-failures|--member|--mode|--new-owner|--not-group|--on|--only|--out|--outcome|--output|--owner|--part|--payday|--period|--plan-out|--port|--prices|--profile|--reason|--request|--result|--reveal|--reveal-reason|--role|--rule|--run|--seed|--severity|--sha256|--since|--sort|--source|--stale|--state|--status|--store|--subject|--term|--title|--to|--to-user|--today|--type|--used|--user|--verdict|--watch|--where|--year|-f|-o|-p) before="$word" ;;
            -*) ;;
            *)
                case "$at $word" in
                    " a-melding"|" a-melding list"|" a-melding show"|" a-melding triage"|" access"|" access list"|" access grant"|" access revoke"|" access copy"|" access plan"|" access apply"|" access drift"|" access leave"|" access review"|" altinn"|" altinn list"|" altinn enable"|" altinn disable"|" altinn tag"|" altinn untag"|" altinn apply"|" api"|" audit"|" audit list"|" audit verify"|" audit anchor"|" auth"|" auth login"|" auth status"|" auth logout"|" check"|" check access"|" check closed"|" check reported"|" check a-melding"|" check done"|" check withholding"|" check taxcards"|" clients"|" clients list"|" clients show"|" completion"|" completion show"|" completion install"|" completion status"|" config"|" config list"|" config get"|" config set"|" config path"|" config edit"|" dashboard"|" deadlines"|" diff"|" doctor"|" explain"|" groups"|" groups list"|" groups show"|" groups create"|" groups rename"|" groups set-rule"|" groups delete"|" groups add"|" groups remove"|" groups plan"|" groups apply"|" history"|" history list"|" history show"|" history retry"|" history undo"|" owners"|" owners list"|" owners set"|" owners infer"|" owners move"|" platform"|" platform status"|" platform seed"|" platform reset"|" platform clock"|" platform faults"|" platform token"|" platform serve"|" profiles"|" profiles list"|" profiles show"|" profiles use"|" profiles remove"|" report"|" report mine-klienter"|" report terminoppgave"|" report forbrukslogg"|" report automatiseringsgrad"|" report all"|" report verify"|" runs"|" runs list"|" runs show"|" schedule"|" schedule add"|" schedule list"|" schedule remove"|" snapshot"|" snapshot save"|" snapshot list"|" snapshot show"|" snapshot delete"|" snapshot prune"|" status"|" taxcards"|" taxcards fetch"|" taxcards status"|" taxcards list"|" taxcards changes"|" taxcards import"|" users"|" users list"|" users show"|" users set-role") at="$at $word" ;;
                    *) place=$((place + 1)) ;;
                esac ;;
        esac
    done
    value="${words[${#words[@]}-1]}"
    if [ -z "$before" ] && [[ $value == --*=* ]]; then
        before="${value%%=*}" value="${value#*=}"
    fi
    item="$value" kept="${value%"$1"}"
    if [ -n "$before" ]; then
        _bureau_value
    elif [[ $value == -* ]]; then
        _bureau_option
    else
        _bureau_argument || _bureau_command
    fi
    COMPREPLY=("${COMPREPLY[@]#"$kept"}")
}

_bureau() {
    COMPREPLY=()
    _bureau_line "$2" 2>/dev/null
}
complete -F _bureau bureau
