# Generated from the command tree by `make generate`; do not edit.

function __bureau_at
    set -l at ""
    for word in (commandline -opc)[2..-1]
        switch "$at $word"
            case " api" " clients" " clients list" " clients show" " doctor" " explain" " groups" " groups list" " groups show" " groups create" " groups rename" " groups set-rule" " groups delete" " groups add" " groups remove" " platform" " platform status" " platform seed" " platform reset" " platform clock" " platform faults" " platform token" " platform serve"
                set at "$at $word"
        end
    end
    test "$at" = "$argv[1]"
end

complete -c bureau -f
complete -c bureau -n '__bureau_at ""' -a api -d 'Ask the platform anything: the raw API, with the same token, repeats and redaction.'
complete -c bureau -n '__bureau_at ""' -a clients -d 'See the client companies (lønnsklienter) of the bureau, with or without access to them.'
complete -c bureau -n '__bureau_at ""' -a doctor -d 'Look for what is wrong with this installation.'
complete -c bureau -n '__bureau_at ""' -a explain -d 'Tell what an error code means and what to do about it.'
complete -c bureau -n '__bureau_at ""' -a groups -d 'Groups of clients (grupper, kategorier): see them, make them, put clients in and take them out.'
complete -c bureau -n '__bureau_at ""' -a platform -d 'Look after the embedded platform: its demo data, its clock, its faults, and a port to serve it on.'
complete -c bureau -n '__bureau_at ""' -l output -s o -d 'Format; default table, in a pipe tsv.' -x -a 'table plain tsv csv json ndjson markdown xlsx ids'
complete -c bureau -n '__bureau_at ""' -l out -d 'Write to a file; its name says the format.' -r -F
complete -c bureau -n '__bureau_at ""' -l force -d 'Let --out replace a file.'
complete -c bureau -n '__bureau_at ""' -l fields -d 'Only these columns, in this order.' -x
complete -c bureau -n '__bureau_at ""' -l sort -d 'Order by a column, - for descending.' -x
complete -c bureau -n '__bureau_at ""' -l limit -d 'At most so many rows.' -x
complete -c bureau -n '__bureau_at ""' -l excel -d 'CSV as a Norwegian Excel reads it.'
complete -c bureau -n '__bureau_at ""' -l no-header -d 'tsv and csv without the header line.'
complete -c bureau -n '__bureau_at ""' -l lang -d 'Language of titles.' -x -a 'nb en'
complete -c bureau -n '__bureau_at ""' -l profile -s p -d 'Which platform, as whom.' -x
complete -c bureau -n '__bureau_at ""' -l deadline -d 'Give up after 30s, 20m, 2h.' -x
complete -c bureau -n '__bureau_at ""' -l quiet -s q -d 'No talk on stderr but errors.'
complete -c bureau -n '__bureau_at ""' -l trace -d 'Show each request on stderr, secrets left out.'
complete -c bureau -n '__bureau_at ""' -l version -d 'Show the version.'
complete -c bureau -n '__bureau_at ""' -l help -s h -d 'Show this message and exit.'
complete -c bureau -n '__bureau_at " api"' -l field -s f -d 'A query parameter; without GET a text field of the body.' -x
complete -c bureau -n '__bureau_at " api"' -l body -d 'The whole body as JSON.' -x
complete -c bureau -n '__bureau_at " api"' -l yes -s y -d 'Do not ask.'
complete -c bureau -n '__bureau_at " api"' -l output -s o -d 'Format; default table, in a pipe tsv.' -x -a 'table plain tsv csv json ndjson markdown xlsx ids'
complete -c bureau -n '__bureau_at " api"' -l out -d 'Write to a file; its name says the format.' -r -F
complete -c bureau -n '__bureau_at " api"' -l force -d 'Let --out replace a file.'
complete -c bureau -n '__bureau_at " api"' -l fields -d 'Only these columns, in this order.' -x
complete -c bureau -n '__bureau_at " api"' -l sort -d 'Order by a column, - for descending.' -x
complete -c bureau -n '__bureau_at " api"' -l limit -d 'At most so many rows.' -x
complete -c bureau -n '__bureau_at " api"' -l excel -d 'CSV as a Norwegian Excel reads it.'
complete -c bureau -n '__bureau_at " api"' -l no-header -d 'tsv and csv without the header line.'
complete -c bureau -n '__bureau_at " api"' -l lang -d 'Language of titles.' -x -a 'nb en'
complete -c bureau -n '__bureau_at " api"' -l profile -s p -d 'Which platform, as whom.' -x
complete -c bureau -n '__bureau_at " api"' -l deadline -d 'Give up after 30s, 20m, 2h.' -x
complete -c bureau -n '__bureau_at " api"' -l quiet -s q -d 'No talk on stderr but errors.'
complete -c bureau -n '__bureau_at " api"' -l trace -d 'Show each request on stderr, secrets left out.'
complete -c bureau -n '__bureau_at " api"' -l help -s h -d 'Show this message and exit.'
complete -c bureau -n '__bureau_at " clients"' -a list -d 'List clients: all of them, or those of a group, an owner, a file or an expression.'
complete -c bureau -n '__bureau_at " clients"' -a show -d 'Show one client.'
complete -c bureau -n '__bureau_at " clients"' -l output -s o -d 'Format; default table, in a pipe tsv.' -x -a 'table plain tsv csv json ndjson markdown xlsx ids'
complete -c bureau -n '__bureau_at " clients"' -l out -d 'Write to a file; its name says the format.' -r -F
complete -c bureau -n '__bureau_at " clients"' -l force -d 'Let --out replace a file.'
complete -c bureau -n '__bureau_at " clients"' -l fields -d 'Only these columns, in this order.' -x
complete -c bureau -n '__bureau_at " clients"' -l sort -d 'Order by a column, - for descending.' -x
complete -c bureau -n '__bureau_at " clients"' -l limit -d 'At most so many rows.' -x
complete -c bureau -n '__bureau_at " clients"' -l excel -d 'CSV as a Norwegian Excel reads it.'
complete -c bureau -n '__bureau_at " clients"' -l no-header -d 'tsv and csv without the header line.'
complete -c bureau -n '__bureau_at " clients"' -l lang -d 'Language of titles.' -x -a 'nb en'
complete -c bureau -n '__bureau_at " clients"' -l profile -s p -d 'Which platform, as whom.' -x
complete -c bureau -n '__bureau_at " clients"' -l deadline -d 'Give up after 30s, 20m, 2h.' -x
complete -c bureau -n '__bureau_at " clients"' -l quiet -s q -d 'No talk on stderr but errors.'
complete -c bureau -n '__bureau_at " clients"' -l trace -d 'Show each request on stderr, secrets left out.'
complete -c bureau -n '__bureau_at " clients"' -l help -s h -d 'Show this message and exit.'
complete -c bureau -n '__bureau_at " clients list"' -l member -d 'Where this user is a member (medarbeider).' -x
complete -c bureau -n '__bureau_at " clients list"' -l payday -d 'Agreed pay day; 31 is the last of the month.' -x
complete -c bureau -n '__bureau_at " clients list"' -l status -d 'onboarding, active, leaving or left.' -x
complete -c bureau -n '__bureau_at " clients list"' -l access -d 'Clients you have access to, or have not.' -x -a 'mine none'
complete -c bureau -n '__bureau_at " clients list"' -l clients -d 'Orgnr, client number or name; @FILE txt, csv, xlsx; - stdin.' -x
complete -c bureau -n '__bureau_at " clients list"' -l group -d 'In this group; repeat for several.' -x
complete -c bureau -n '__bureau_at " clients list"' -l not-group -d 'Not in this group.' -x
complete -c bureau -n '__bureau_at " clients list"' -l owner -d 'Whose clients (ansvarlig); me is you.' -x
complete -c bureau -n '__bureau_at " clients list"' -l where -d 'payday == 20 and status == "active"' -x
complete -c bureau -n '__bureau_at " clients list"' -l all-clients -d 'Every client of the bureau.'
complete -c bureau -n '__bureau_at " clients list"' -l output -s o -d 'Format; default table, in a pipe tsv.' -x -a 'table plain tsv csv json ndjson markdown xlsx ids'
complete -c bureau -n '__bureau_at " clients list"' -l out -d 'Write to a file; its name says the format.' -r -F
complete -c bureau -n '__bureau_at " clients list"' -l force -d 'Let --out replace a file.'
complete -c bureau -n '__bureau_at " clients list"' -l fields -d 'Only these columns, in this order.' -x
complete -c bureau -n '__bureau_at " clients list"' -l sort -d 'Order by a column, - for descending.' -x
complete -c bureau -n '__bureau_at " clients list"' -l limit -d 'At most so many rows.' -x
complete -c bureau -n '__bureau_at " clients list"' -l excel -d 'CSV as a Norwegian Excel reads it.'
complete -c bureau -n '__bureau_at " clients list"' -l no-header -d 'tsv and csv without the header line.'
complete -c bureau -n '__bureau_at " clients list"' -l lang -d 'Language of titles.' -x -a 'nb en'
complete -c bureau -n '__bureau_at " clients list"' -l profile -s p -d 'Which platform, as whom.' -x
complete -c bureau -n '__bureau_at " clients list"' -l deadline -d 'Give up after 30s, 20m, 2h.' -x
complete -c bureau -n '__bureau_at " clients list"' -l quiet -s q -d 'No talk on stderr but errors.'
complete -c bureau -n '__bureau_at " clients list"' -l trace -d 'Show each request on stderr, secrets left out.'
complete -c bureau -n '__bureau_at " clients list"' -l help -s h -d 'Show this message and exit.'
complete -c bureau -n '__bureau_at " clients show"' -l output -s o -d 'Format; default table, in a pipe tsv.' -x -a 'table plain tsv csv json ndjson markdown xlsx ids'
complete -c bureau -n '__bureau_at " clients show"' -l out -d 'Write to a file; its name says the format.' -r -F
complete -c bureau -n '__bureau_at " clients show"' -l force -d 'Let --out replace a file.'
complete -c bureau -n '__bureau_at " clients show"' -l fields -d 'Only these columns, in this order.' -x
complete -c bureau -n '__bureau_at " clients show"' -l sort -d 'Order by a column, - for descending.' -x
complete -c bureau -n '__bureau_at " clients show"' -l limit -d 'At most so many rows.' -x
complete -c bureau -n '__bureau_at " clients show"' -l excel -d 'CSV as a Norwegian Excel reads it.'
complete -c bureau -n '__bureau_at " clients show"' -l no-header -d 'tsv and csv without the header line.'
complete -c bureau -n '__bureau_at " clients show"' -l lang -d 'Language of titles.' -x -a 'nb en'
complete -c bureau -n '__bureau_at " clients show"' -l profile -s p -d 'Which platform, as whom.' -x
complete -c bureau -n '__bureau_at " clients show"' -l deadline -d 'Give up after 30s, 20m, 2h.' -x
complete -c bureau -n '__bureau_at " clients show"' -l quiet -s q -d 'No talk on stderr but errors.'
complete -c bureau -n '__bureau_at " clients show"' -l trace -d 'Show each request on stderr, secrets left out.'
complete -c bureau -n '__bureau_at " clients show"' -l help -s h -d 'Show this message and exit.'
complete -c bureau -n '__bureau_at " doctor"' -l network -d 'Try the way to the profile’s platform too, without a token.'
complete -c bureau -n '__bureau_at " doctor"' -l exit-code -d 'End with 9 on a problem, 10 if only something is unknown.'
complete -c bureau -n '__bureau_at " doctor"' -l output -s o -d 'Format; default table, in a pipe tsv.' -x -a 'table plain tsv csv json ndjson markdown xlsx ids'
complete -c bureau -n '__bureau_at " doctor"' -l out -d 'Write to a file; its name says the format.' -r -F
complete -c bureau -n '__bureau_at " doctor"' -l force -d 'Let --out replace a file.'
complete -c bureau -n '__bureau_at " doctor"' -l fields -d 'Only these columns, in this order.' -x
complete -c bureau -n '__bureau_at " doctor"' -l sort -d 'Order by a column, - for descending.' -x
complete -c bureau -n '__bureau_at " doctor"' -l limit -d 'At most so many rows.' -x
complete -c bureau -n '__bureau_at " doctor"' -l excel -d 'CSV as a Norwegian Excel reads it.'
complete -c bureau -n '__bureau_at " doctor"' -l no-header -d 'tsv and csv without the header line.'
complete -c bureau -n '__bureau_at " doctor"' -l lang -d 'Language of titles.' -x -a 'nb en'
complete -c bureau -n '__bureau_at " doctor"' -l profile -s p -d 'Which platform, as whom.' -x
complete -c bureau -n '__bureau_at " doctor"' -l deadline -d 'Give up after 30s, 20m, 2h.' -x
complete -c bureau -n '__bureau_at " doctor"' -l quiet -s q -d 'No talk on stderr but errors.'
complete -c bureau -n '__bureau_at " doctor"' -l trace -d 'Show each request on stderr, secrets left out.'
complete -c bureau -n '__bureau_at " doctor"' -l help -s h -d 'Show this message and exit.'
complete -c bureau -n '__bureau_at " explain"' -l output -s o -d 'Format; default table, in a pipe tsv.' -x -a 'table plain tsv csv json ndjson markdown xlsx ids'
complete -c bureau -n '__bureau_at " explain"' -l out -d 'Write to a file; its name says the format.' -r -F
complete -c bureau -n '__bureau_at " explain"' -l force -d 'Let --out replace a file.'
complete -c bureau -n '__bureau_at " explain"' -l fields -d 'Only these columns, in this order.' -x
complete -c bureau -n '__bureau_at " explain"' -l sort -d 'Order by a column, - for descending.' -x
complete -c bureau -n '__bureau_at " explain"' -l limit -d 'At most so many rows.' -x
complete -c bureau -n '__bureau_at " explain"' -l excel -d 'CSV as a Norwegian Excel reads it.'
complete -c bureau -n '__bureau_at " explain"' -l no-header -d 'tsv and csv without the header line.'
complete -c bureau -n '__bureau_at " explain"' -l lang -d 'Language of titles.' -x -a 'nb en'
complete -c bureau -n '__bureau_at " explain"' -l profile -s p -d 'Which platform, as whom.' -x
complete -c bureau -n '__bureau_at " explain"' -l deadline -d 'Give up after 30s, 20m, 2h.' -x
complete -c bureau -n '__bureau_at " explain"' -l quiet -s q -d 'No talk on stderr but errors.'
complete -c bureau -n '__bureau_at " explain"' -l trace -d 'Show each request on stderr, secrets left out.'
complete -c bureau -n '__bureau_at " explain"' -l help -s h -d 'Show this message and exit.'
complete -c bureau -n '__bureau_at " groups"' -a list -d 'List the groups and how many clients each holds.'
complete -c bureau -n '__bureau_at " groups"' -a show -d 'Show one group, or why a client is in it or is not; its clients are `bureau clients list --group GROUP`.'
complete -c bureau -n '__bureau_at " groups"' -a create -d 'Make a group without clients, or one whose clients follow from a rule.'
complete -c bureau -n '__bureau_at " groups"' -a rename -d 'Give a group another name, another title, or both.'
complete -c bureau -n '__bureau_at " groups"' -a set-rule -d 'Let a rule decide who is in a group, or with --manual no rule any more.'
complete -c bureau -n '__bureau_at " groups"' -a delete -d 'Delete a group; its clients stay as they are.'
complete -c bureau -n '__bureau_at " groups"' -a add -d 'Put the chosen clients into a group.'
complete -c bureau -n '__bureau_at " groups"' -a remove -d 'Take the chosen clients out of a group.'
complete -c bureau -n '__bureau_at " groups"' -l output -s o -d 'Format; default table, in a pipe tsv.' -x -a 'table plain tsv csv json ndjson markdown xlsx ids'
complete -c bureau -n '__bureau_at " groups"' -l out -d 'Write to a file; its name says the format.' -r -F
complete -c bureau -n '__bureau_at " groups"' -l force -d 'Let --out replace a file.'
complete -c bureau -n '__bureau_at " groups"' -l fields -d 'Only these columns, in this order.' -x
complete -c bureau -n '__bureau_at " groups"' -l sort -d 'Order by a column, - for descending.' -x
complete -c bureau -n '__bureau_at " groups"' -l limit -d 'At most so many rows.' -x
complete -c bureau -n '__bureau_at " groups"' -l excel -d 'CSV as a Norwegian Excel reads it.'
complete -c bureau -n '__bureau_at " groups"' -l no-header -d 'tsv and csv without the header line.'
complete -c bureau -n '__bureau_at " groups"' -l lang -d 'Language of titles.' -x -a 'nb en'
complete -c bureau -n '__bureau_at " groups"' -l profile -s p -d 'Which platform, as whom.' -x
complete -c bureau -n '__bureau_at " groups"' -l deadline -d 'Give up after 30s, 20m, 2h.' -x
complete -c bureau -n '__bureau_at " groups"' -l quiet -s q -d 'No talk on stderr but errors.'
complete -c bureau -n '__bureau_at " groups"' -l trace -d 'Show each request on stderr, secrets left out.'
complete -c bureau -n '__bureau_at " groups"' -l help -s h -d 'Show this message and exit.'
complete -c bureau -n '__bureau_at " groups list"' -l output -s o -d 'Format; default table, in a pipe tsv.' -x -a 'table plain tsv csv json ndjson markdown xlsx ids'
complete -c bureau -n '__bureau_at " groups list"' -l out -d 'Write to a file; its name says the format.' -r -F
complete -c bureau -n '__bureau_at " groups list"' -l force -d 'Let --out replace a file.'
complete -c bureau -n '__bureau_at " groups list"' -l fields -d 'Only these columns, in this order.' -x
complete -c bureau -n '__bureau_at " groups list"' -l sort -d 'Order by a column, - for descending.' -x
complete -c bureau -n '__bureau_at " groups list"' -l limit -d 'At most so many rows.' -x
complete -c bureau -n '__bureau_at " groups list"' -l excel -d 'CSV as a Norwegian Excel reads it.'
complete -c bureau -n '__bureau_at " groups list"' -l no-header -d 'tsv and csv without the header line.'
complete -c bureau -n '__bureau_at " groups list"' -l lang -d 'Language of titles.' -x -a 'nb en'
complete -c bureau -n '__bureau_at " groups list"' -l profile -s p -d 'Which platform, as whom.' -x
complete -c bureau -n '__bureau_at " groups list"' -l deadline -d 'Give up after 30s, 20m, 2h.' -x
complete -c bureau -n '__bureau_at " groups list"' -l quiet -s q -d 'No talk on stderr but errors.'
complete -c bureau -n '__bureau_at " groups list"' -l trace -d 'Show each request on stderr, secrets left out.'
complete -c bureau -n '__bureau_at " groups list"' -l help -s h -d 'Show this message and exit.'
complete -c bureau -n '__bureau_at " groups show"' -l explain -d 'Why this client is in it, or is not.' -x
complete -c bureau -n '__bureau_at " groups show"' -l output -s o -d 'Format; default table, in a pipe tsv.' -x -a 'table plain tsv csv json ndjson markdown xlsx ids'
complete -c bureau -n '__bureau_at " groups show"' -l out -d 'Write to a file; its name says the format.' -r -F
complete -c bureau -n '__bureau_at " groups show"' -l force -d 'Let --out replace a file.'
complete -c bureau -n '__bureau_at " groups show"' -l fields -d 'Only these columns, in this order.' -x
complete -c bureau -n '__bureau_at " groups show"' -l sort -d 'Order by a column, - for descending.' -x
complete -c bureau -n '__bureau_at " groups show"' -l limit -d 'At most so many rows.' -x
complete -c bureau -n '__bureau_at " groups show"' -l excel -d 'CSV as a Norwegian Excel reads it.'
complete -c bureau -n '__bureau_at " groups show"' -l no-header -d 'tsv and csv without the header line.'
complete -c bureau -n '__bureau_at " groups show"' -l lang -d 'Language of titles.' -x -a 'nb en'
complete -c bureau -n '__bureau_at " groups show"' -l profile -s p -d 'Which platform, as whom.' -x
complete -c bureau -n '__bureau_at " groups show"' -l deadline -d 'Give up after 30s, 20m, 2h.' -x
complete -c bureau -n '__bureau_at " groups show"' -l quiet -s q -d 'No talk on stderr but errors.'
complete -c bureau -n '__bureau_at " groups show"' -l trace -d 'Show each request on stderr, secrets left out.'
complete -c bureau -n '__bureau_at " groups show"' -l help -s h -d 'Show this message and exit.'
complete -c bureau -n '__bureau_at " groups create"' -l title -d 'What people read; default the name.' -x
complete -c bureau -n '__bureau_at " groups create"' -l rule -d 'Who is in it, like --where: payday == 20 and zone == "1"' -x
complete -c bureau -n '__bureau_at " groups create"' -l output -s o -d 'Format; default table, in a pipe tsv.' -x -a 'table plain tsv csv json ndjson markdown xlsx ids'
complete -c bureau -n '__bureau_at " groups create"' -l out -d 'Write to a file; its name says the format.' -r -F
complete -c bureau -n '__bureau_at " groups create"' -l force -d 'Let --out replace a file.'
complete -c bureau -n '__bureau_at " groups create"' -l fields -d 'Only these columns, in this order.' -x
complete -c bureau -n '__bureau_at " groups create"' -l sort -d 'Order by a column, - for descending.' -x
complete -c bureau -n '__bureau_at " groups create"' -l limit -d 'At most so many rows.' -x
complete -c bureau -n '__bureau_at " groups create"' -l excel -d 'CSV as a Norwegian Excel reads it.'
complete -c bureau -n '__bureau_at " groups create"' -l no-header -d 'tsv and csv without the header line.'
complete -c bureau -n '__bureau_at " groups create"' -l lang -d 'Language of titles.' -x -a 'nb en'
complete -c bureau -n '__bureau_at " groups create"' -l profile -s p -d 'Which platform, as whom.' -x
complete -c bureau -n '__bureau_at " groups create"' -l deadline -d 'Give up after 30s, 20m, 2h.' -x
complete -c bureau -n '__bureau_at " groups create"' -l quiet -s q -d 'No talk on stderr but errors.'
complete -c bureau -n '__bureau_at " groups create"' -l trace -d 'Show each request on stderr, secrets left out.'
complete -c bureau -n '__bureau_at " groups create"' -l help -s h -d 'Show this message and exit.'
complete -c bureau -n '__bureau_at " groups rename"' -l to -d 'Its new name.' -x
complete -c bureau -n '__bureau_at " groups rename"' -l title -d 'What people read; default the name.' -x
complete -c bureau -n '__bureau_at " groups rename"' -l output -s o -d 'Format; default table, in a pipe tsv.' -x -a 'table plain tsv csv json ndjson markdown xlsx ids'
complete -c bureau -n '__bureau_at " groups rename"' -l out -d 'Write to a file; its name says the format.' -r -F
complete -c bureau -n '__bureau_at " groups rename"' -l force -d 'Let --out replace a file.'
complete -c bureau -n '__bureau_at " groups rename"' -l fields -d 'Only these columns, in this order.' -x
complete -c bureau -n '__bureau_at " groups rename"' -l sort -d 'Order by a column, - for descending.' -x
complete -c bureau -n '__bureau_at " groups rename"' -l limit -d 'At most so many rows.' -x
complete -c bureau -n '__bureau_at " groups rename"' -l excel -d 'CSV as a Norwegian Excel reads it.'
complete -c bureau -n '__bureau_at " groups rename"' -l no-header -d 'tsv and csv without the header line.'
complete -c bureau -n '__bureau_at " groups rename"' -l lang -d 'Language of titles.' -x -a 'nb en'
complete -c bureau -n '__bureau_at " groups rename"' -l profile -s p -d 'Which platform, as whom.' -x
complete -c bureau -n '__bureau_at " groups rename"' -l deadline -d 'Give up after 30s, 20m, 2h.' -x
complete -c bureau -n '__bureau_at " groups rename"' -l quiet -s q -d 'No talk on stderr but errors.'
complete -c bureau -n '__bureau_at " groups rename"' -l trace -d 'Show each request on stderr, secrets left out.'
complete -c bureau -n '__bureau_at " groups rename"' -l help -s h -d 'Show this message and exit.'
complete -c bureau -n '__bureau_at " groups set-rule"' -l manual -d 'No rule; the clients it has now stay.'
complete -c bureau -n '__bureau_at " groups set-rule"' -l yes -s y -d 'Do not ask.'
complete -c bureau -n '__bureau_at " groups set-rule"' -l output -s o -d 'Format; default table, in a pipe tsv.' -x -a 'table plain tsv csv json ndjson markdown xlsx ids'
complete -c bureau -n '__bureau_at " groups set-rule"' -l out -d 'Write to a file; its name says the format.' -r -F
complete -c bureau -n '__bureau_at " groups set-rule"' -l force -d 'Let --out replace a file.'
complete -c bureau -n '__bureau_at " groups set-rule"' -l fields -d 'Only these columns, in this order.' -x
complete -c bureau -n '__bureau_at " groups set-rule"' -l sort -d 'Order by a column, - for descending.' -x
complete -c bureau -n '__bureau_at " groups set-rule"' -l limit -d 'At most so many rows.' -x
complete -c bureau -n '__bureau_at " groups set-rule"' -l excel -d 'CSV as a Norwegian Excel reads it.'
complete -c bureau -n '__bureau_at " groups set-rule"' -l no-header -d 'tsv and csv without the header line.'
complete -c bureau -n '__bureau_at " groups set-rule"' -l lang -d 'Language of titles.' -x -a 'nb en'
complete -c bureau -n '__bureau_at " groups set-rule"' -l profile -s p -d 'Which platform, as whom.' -x
complete -c bureau -n '__bureau_at " groups set-rule"' -l deadline -d 'Give up after 30s, 20m, 2h.' -x
complete -c bureau -n '__bureau_at " groups set-rule"' -l quiet -s q -d 'No talk on stderr but errors.'
complete -c bureau -n '__bureau_at " groups set-rule"' -l trace -d 'Show each request on stderr, secrets left out.'
complete -c bureau -n '__bureau_at " groups set-rule"' -l help -s h -d 'Show this message and exit.'
complete -c bureau -n '__bureau_at " groups delete"' -l yes -s y -d 'Do not ask.'
complete -c bureau -n '__bureau_at " groups delete"' -l output -s o -d 'Format; default table, in a pipe tsv.' -x -a 'table plain tsv csv json ndjson markdown xlsx ids'
complete -c bureau -n '__bureau_at " groups delete"' -l out -d 'Write to a file; its name says the format.' -r -F
complete -c bureau -n '__bureau_at " groups delete"' -l force -d 'Let --out replace a file.'
complete -c bureau -n '__bureau_at " groups delete"' -l fields -d 'Only these columns, in this order.' -x
complete -c bureau -n '__bureau_at " groups delete"' -l sort -d 'Order by a column, - for descending.' -x
complete -c bureau -n '__bureau_at " groups delete"' -l limit -d 'At most so many rows.' -x
complete -c bureau -n '__bureau_at " groups delete"' -l excel -d 'CSV as a Norwegian Excel reads it.'
complete -c bureau -n '__bureau_at " groups delete"' -l no-header -d 'tsv and csv without the header line.'
complete -c bureau -n '__bureau_at " groups delete"' -l lang -d 'Language of titles.' -x -a 'nb en'
complete -c bureau -n '__bureau_at " groups delete"' -l profile -s p -d 'Which platform, as whom.' -x
complete -c bureau -n '__bureau_at " groups delete"' -l deadline -d 'Give up after 30s, 20m, 2h.' -x
complete -c bureau -n '__bureau_at " groups delete"' -l quiet -s q -d 'No talk on stderr but errors.'
complete -c bureau -n '__bureau_at " groups delete"' -l trace -d 'Show each request on stderr, secrets left out.'
complete -c bureau -n '__bureau_at " groups delete"' -l help -s h -d 'Show this message and exit.'
complete -c bureau -n '__bureau_at " groups add"' -l clients -d 'Orgnr, client number or name; @FILE txt, csv, xlsx; - stdin.' -x
complete -c bureau -n '__bureau_at " groups add"' -l group -d 'In this group; repeat for several.' -x
complete -c bureau -n '__bureau_at " groups add"' -l not-group -d 'Not in this group.' -x
complete -c bureau -n '__bureau_at " groups add"' -l owner -d 'Whose clients (ansvarlig); me is you.' -x
complete -c bureau -n '__bureau_at " groups add"' -l where -d 'payday == 20 and status == "active"' -x
complete -c bureau -n '__bureau_at " groups add"' -l all-clients -d 'Every client of the bureau.'
complete -c bureau -n '__bureau_at " groups add"' -l plan -d 'Show what would be done, and stop.'
complete -c bureau -n '__bureau_at " groups add"' -l jobs -d 'Requests side by side.' -x
complete -c bureau -n '__bureau_at " groups add"' -l yes -s y -d 'Do not ask.'
complete -c bureau -n '__bureau_at " groups add"' -l output -s o -d 'Format; default table, in a pipe tsv.' -x -a 'table plain tsv csv json ndjson markdown xlsx ids'
complete -c bureau -n '__bureau_at " groups add"' -l out -d 'Write to a file; its name says the format.' -r -F
complete -c bureau -n '__bureau_at " groups add"' -l force -d 'Let --out replace a file.'
complete -c bureau -n '__bureau_at " groups add"' -l fields -d 'Only these columns, in this order.' -x
complete -c bureau -n '__bureau_at " groups add"' -l sort -d 'Order by a column, - for descending.' -x
complete -c bureau -n '__bureau_at " groups add"' -l limit -d 'At most so many rows.' -x
complete -c bureau -n '__bureau_at " groups add"' -l excel -d 'CSV as a Norwegian Excel reads it.'
complete -c bureau -n '__bureau_at " groups add"' -l no-header -d 'tsv and csv without the header line.'
complete -c bureau -n '__bureau_at " groups add"' -l lang -d 'Language of titles.' -x -a 'nb en'
complete -c bureau -n '__bureau_at " groups add"' -l profile -s p -d 'Which platform, as whom.' -x
complete -c bureau -n '__bureau_at " groups add"' -l deadline -d 'Give up after 30s, 20m, 2h.' -x
complete -c bureau -n '__bureau_at " groups add"' -l quiet -s q -d 'No talk on stderr but errors.'
complete -c bureau -n '__bureau_at " groups add"' -l trace -d 'Show each request on stderr, secrets left out.'
complete -c bureau -n '__bureau_at " groups add"' -l help -s h -d 'Show this message and exit.'
complete -c bureau -n '__bureau_at " groups remove"' -l clients -d 'Orgnr, client number or name; @FILE txt, csv, xlsx; - stdin.' -x
complete -c bureau -n '__bureau_at " groups remove"' -l group -d 'In this group; repeat for several.' -x
complete -c bureau -n '__bureau_at " groups remove"' -l not-group -d 'Not in this group.' -x
complete -c bureau -n '__bureau_at " groups remove"' -l owner -d 'Whose clients (ansvarlig); me is you.' -x
complete -c bureau -n '__bureau_at " groups remove"' -l where -d 'payday == 20 and status == "active"' -x
complete -c bureau -n '__bureau_at " groups remove"' -l all-clients -d 'Every client of the bureau.'
complete -c bureau -n '__bureau_at " groups remove"' -l plan -d 'Show what would be done, and stop.'
complete -c bureau -n '__bureau_at " groups remove"' -l jobs -d 'Requests side by side.' -x
complete -c bureau -n '__bureau_at " groups remove"' -l yes -s y -d 'Do not ask.'
complete -c bureau -n '__bureau_at " groups remove"' -l output -s o -d 'Format; default table, in a pipe tsv.' -x -a 'table plain tsv csv json ndjson markdown xlsx ids'
complete -c bureau -n '__bureau_at " groups remove"' -l out -d 'Write to a file; its name says the format.' -r -F
complete -c bureau -n '__bureau_at " groups remove"' -l force -d 'Let --out replace a file.'
complete -c bureau -n '__bureau_at " groups remove"' -l fields -d 'Only these columns, in this order.' -x
complete -c bureau -n '__bureau_at " groups remove"' -l sort -d 'Order by a column, - for descending.' -x
complete -c bureau -n '__bureau_at " groups remove"' -l limit -d 'At most so many rows.' -x
complete -c bureau -n '__bureau_at " groups remove"' -l excel -d 'CSV as a Norwegian Excel reads it.'
complete -c bureau -n '__bureau_at " groups remove"' -l no-header -d 'tsv and csv without the header line.'
complete -c bureau -n '__bureau_at " groups remove"' -l lang -d 'Language of titles.' -x -a 'nb en'
complete -c bureau -n '__bureau_at " groups remove"' -l profile -s p -d 'Which platform, as whom.' -x
complete -c bureau -n '__bureau_at " groups remove"' -l deadline -d 'Give up after 30s, 20m, 2h.' -x
complete -c bureau -n '__bureau_at " groups remove"' -l quiet -s q -d 'No talk on stderr but errors.'
complete -c bureau -n '__bureau_at " groups remove"' -l trace -d 'Show each request on stderr, secrets left out.'
complete -c bureau -n '__bureau_at " groups remove"' -l help -s h -d 'Show this message and exit.'
complete -c bureau -n '__bureau_at " platform"' -a status -d 'Show what the embedded platform holds and by which clock it lives.'
complete -c bureau -n '__bureau_at " platform"' -a seed -d 'Replace everything with a fresh demo bureau.'
complete -c bureau -n '__bureau_at " platform"' -a reset -d 'Make the same demo bureau again, without anything that was changed since.'
complete -c bureau -n '__bureau_at " platform"' -a clock -d 'Show the embedded platform’s clock, pin it, move it on or let it go.'
complete -c bureau -n '__bureau_at " platform"' -a faults -d 'Show the faults the embedded platform makes, or choose them.'
complete -c bureau -n '__bureau_at " platform"' -a token -d 'Print a bearer token for a user of the embedded platform, for a script that is served by it.'
complete -c bureau -n '__bureau_at " platform"' -a serve -d 'Serve the embedded platform on a loopback port until Ctrl-C; its address is printed once it listens.'
complete -c bureau -n '__bureau_at " platform"' -l output -s o -d 'Format; default table, in a pipe tsv.' -x -a 'table plain tsv csv json ndjson markdown xlsx ids'
complete -c bureau -n '__bureau_at " platform"' -l out -d 'Write to a file; its name says the format.' -r -F
complete -c bureau -n '__bureau_at " platform"' -l force -d 'Let --out replace a file.'
complete -c bureau -n '__bureau_at " platform"' -l fields -d 'Only these columns, in this order.' -x
complete -c bureau -n '__bureau_at " platform"' -l sort -d 'Order by a column, - for descending.' -x
complete -c bureau -n '__bureau_at " platform"' -l limit -d 'At most so many rows.' -x
complete -c bureau -n '__bureau_at " platform"' -l excel -d 'CSV as a Norwegian Excel reads it.'
complete -c bureau -n '__bureau_at " platform"' -l no-header -d 'tsv and csv without the header line.'
complete -c bureau -n '__bureau_at " platform"' -l lang -d 'Language of titles.' -x -a 'nb en'
complete -c bureau -n '__bureau_at " platform"' -l profile -s p -d 'Which platform, as whom.' -x
complete -c bureau -n '__bureau_at " platform"' -l deadline -d 'Give up after 30s, 20m, 2h.' -x
complete -c bureau -n '__bureau_at " platform"' -l quiet -s q -d 'No talk on stderr but errors.'
complete -c bureau -n '__bureau_at " platform"' -l trace -d 'Show each request on stderr, secrets left out.'
complete -c bureau -n '__bureau_at " platform"' -l help -s h -d 'Show this message and exit.'
complete -c bureau -n '__bureau_at " platform status"' -l output -s o -d 'Format; default table, in a pipe tsv.' -x -a 'table plain tsv csv json ndjson markdown xlsx ids'
complete -c bureau -n '__bureau_at " platform status"' -l out -d 'Write to a file; its name says the format.' -r -F
complete -c bureau -n '__bureau_at " platform status"' -l force -d 'Let --out replace a file.'
complete -c bureau -n '__bureau_at " platform status"' -l fields -d 'Only these columns, in this order.' -x
complete -c bureau -n '__bureau_at " platform status"' -l sort -d 'Order by a column, - for descending.' -x
complete -c bureau -n '__bureau_at " platform status"' -l limit -d 'At most so many rows.' -x
complete -c bureau -n '__bureau_at " platform status"' -l excel -d 'CSV as a Norwegian Excel reads it.'
complete -c bureau -n '__bureau_at " platform status"' -l no-header -d 'tsv and csv without the header line.'
complete -c bureau -n '__bureau_at " platform status"' -l lang -d 'Language of titles.' -x -a 'nb en'
complete -c bureau -n '__bureau_at " platform status"' -l profile -s p -d 'Which platform, as whom.' -x
complete -c bureau -n '__bureau_at " platform status"' -l deadline -d 'Give up after 30s, 20m, 2h.' -x
complete -c bureau -n '__bureau_at " platform status"' -l quiet -s q -d 'No talk on stderr but errors.'
complete -c bureau -n '__bureau_at " platform status"' -l trace -d 'Show each request on stderr, secrets left out.'
complete -c bureau -n '__bureau_at " platform status"' -l help -s h -d 'Show this message and exit.'
complete -c bureau -n '__bureau_at " platform seed"' -l clients -d 'How many clients.' -x
complete -c bureau -n '__bureau_at " platform seed"' -l seed -d 'Another number makes another bureau.' -x
complete -c bureau -n '__bureau_at " platform seed"' -l today -d 'The day it is made for; default the real one.' -x
complete -c bureau -n '__bureau_at " platform seed"' -l yes -s y -d 'Do not ask.'
complete -c bureau -n '__bureau_at " platform seed"' -l output -s o -d 'Format; default table, in a pipe tsv.' -x -a 'table plain tsv csv json ndjson markdown xlsx ids'
complete -c bureau -n '__bureau_at " platform seed"' -l out -d 'Write to a file; its name says the format.' -r -F
complete -c bureau -n '__bureau_at " platform seed"' -l force -d 'Let --out replace a file.'
complete -c bureau -n '__bureau_at " platform seed"' -l fields -d 'Only these columns, in this order.' -x
complete -c bureau -n '__bureau_at " platform seed"' -l sort -d 'Order by a column, - for descending.' -x
complete -c bureau -n '__bureau_at " platform seed"' -l limit -d 'At most so many rows.' -x
complete -c bureau -n '__bureau_at " platform seed"' -l excel -d 'CSV as a Norwegian Excel reads it.'
complete -c bureau -n '__bureau_at " platform seed"' -l no-header -d 'tsv and csv without the header line.'
complete -c bureau -n '__bureau_at " platform seed"' -l lang -d 'Language of titles.' -x -a 'nb en'
complete -c bureau -n '__bureau_at " platform seed"' -l profile -s p -d 'Which platform, as whom.' -x
complete -c bureau -n '__bureau_at " platform seed"' -l deadline -d 'Give up after 30s, 20m, 2h.' -x
complete -c bureau -n '__bureau_at " platform seed"' -l quiet -s q -d 'No talk on stderr but errors.'
complete -c bureau -n '__bureau_at " platform seed"' -l trace -d 'Show each request on stderr, secrets left out.'
complete -c bureau -n '__bureau_at " platform seed"' -l help -s h -d 'Show this message and exit.'
complete -c bureau -n '__bureau_at " platform reset"' -l yes -s y -d 'Do not ask.'
complete -c bureau -n '__bureau_at " platform reset"' -l output -s o -d 'Format; default table, in a pipe tsv.' -x -a 'table plain tsv csv json ndjson markdown xlsx ids'
complete -c bureau -n '__bureau_at " platform reset"' -l out -d 'Write to a file; its name says the format.' -r -F
complete -c bureau -n '__bureau_at " platform reset"' -l force -d 'Let --out replace a file.'
complete -c bureau -n '__bureau_at " platform reset"' -l fields -d 'Only these columns, in this order.' -x
complete -c bureau -n '__bureau_at " platform reset"' -l sort -d 'Order by a column, - for descending.' -x
complete -c bureau -n '__bureau_at " platform reset"' -l limit -d 'At most so many rows.' -x
complete -c bureau -n '__bureau_at " platform reset"' -l excel -d 'CSV as a Norwegian Excel reads it.'
complete -c bureau -n '__bureau_at " platform reset"' -l no-header -d 'tsv and csv without the header line.'
complete -c bureau -n '__bureau_at " platform reset"' -l lang -d 'Language of titles.' -x -a 'nb en'
complete -c bureau -n '__bureau_at " platform reset"' -l profile -s p -d 'Which platform, as whom.' -x
complete -c bureau -n '__bureau_at " platform reset"' -l deadline -d 'Give up after 30s, 20m, 2h.' -x
complete -c bureau -n '__bureau_at " platform reset"' -l quiet -s q -d 'No talk on stderr but errors.'
complete -c bureau -n '__bureau_at " platform reset"' -l trace -d 'Show each request on stderr, secrets left out.'
complete -c bureau -n '__bureau_at " platform reset"' -l help -s h -d 'Show this message and exit.'
complete -c bureau -n '__bureau_at " platform clock"' -l output -s o -d 'Format; default table, in a pipe tsv.' -x -a 'table plain tsv csv json ndjson markdown xlsx ids'
complete -c bureau -n '__bureau_at " platform clock"' -l out -d 'Write to a file; its name says the format.' -r -F
complete -c bureau -n '__bureau_at " platform clock"' -l force -d 'Let --out replace a file.'
complete -c bureau -n '__bureau_at " platform clock"' -l fields -d 'Only these columns, in this order.' -x
complete -c bureau -n '__bureau_at " platform clock"' -l sort -d 'Order by a column, - for descending.' -x
complete -c bureau -n '__bureau_at " platform clock"' -l limit -d 'At most so many rows.' -x
complete -c bureau -n '__bureau_at " platform clock"' -l excel -d 'CSV as a Norwegian Excel reads it.'
complete -c bureau -n '__bureau_at " platform clock"' -l no-header -d 'tsv and csv without the header line.'
complete -c bureau -n '__bureau_at " platform clock"' -l lang -d 'Language of titles.' -x -a 'nb en'
complete -c bureau -n '__bureau_at " platform clock"' -l profile -s p -d 'Which platform, as whom.' -x
complete -c bureau -n '__bureau_at " platform clock"' -l deadline -d 'Give up after 30s, 20m, 2h.' -x
complete -c bureau -n '__bureau_at " platform clock"' -l quiet -s q -d 'No talk on stderr but errors.'
complete -c bureau -n '__bureau_at " platform clock"' -l trace -d 'Show each request on stderr, secrets left out.'
complete -c bureau -n '__bureau_at " platform clock"' -l help -s h -d 'Show this message and exit.'
complete -c bureau -n '__bureau_at " platform faults"' -l clear -d 'Make no faults any more.'
complete -c bureau -n '__bureau_at " platform faults"' -l output -s o -d 'Format; default table, in a pipe tsv.' -x -a 'table plain tsv csv json ndjson markdown xlsx ids'
complete -c bureau -n '__bureau_at " platform faults"' -l out -d 'Write to a file; its name says the format.' -r -F
complete -c bureau -n '__bureau_at " platform faults"' -l force -d 'Let --out replace a file.'
complete -c bureau -n '__bureau_at " platform faults"' -l fields -d 'Only these columns, in this order.' -x
complete -c bureau -n '__bureau_at " platform faults"' -l sort -d 'Order by a column, - for descending.' -x
complete -c bureau -n '__bureau_at " platform faults"' -l limit -d 'At most so many rows.' -x
complete -c bureau -n '__bureau_at " platform faults"' -l excel -d 'CSV as a Norwegian Excel reads it.'
complete -c bureau -n '__bureau_at " platform faults"' -l no-header -d 'tsv and csv without the header line.'
complete -c bureau -n '__bureau_at " platform faults"' -l lang -d 'Language of titles.' -x -a 'nb en'
complete -c bureau -n '__bureau_at " platform faults"' -l profile -s p -d 'Which platform, as whom.' -x
complete -c bureau -n '__bureau_at " platform faults"' -l deadline -d 'Give up after 30s, 20m, 2h.' -x
complete -c bureau -n '__bureau_at " platform faults"' -l quiet -s q -d 'No talk on stderr but errors.'
complete -c bureau -n '__bureau_at " platform faults"' -l trace -d 'Show each request on stderr, secrets left out.'
complete -c bureau -n '__bureau_at " platform faults"' -l help -s h -d 'Show this message and exit.'
complete -c bureau -n '__bureau_at " platform token"' -l lifetime -d 'How long the token holds: 12h, 30d.' -x
complete -c bureau -n '__bureau_at " platform token"' -l output -s o -d 'Format; default table, in a pipe tsv.' -x -a 'table plain tsv csv json ndjson markdown xlsx ids'
complete -c bureau -n '__bureau_at " platform token"' -l out -d 'Write to a file; its name says the format.' -r -F
complete -c bureau -n '__bureau_at " platform token"' -l force -d 'Let --out replace a file.'
complete -c bureau -n '__bureau_at " platform token"' -l fields -d 'Only these columns, in this order.' -x
complete -c bureau -n '__bureau_at " platform token"' -l sort -d 'Order by a column, - for descending.' -x
complete -c bureau -n '__bureau_at " platform token"' -l limit -d 'At most so many rows.' -x
complete -c bureau -n '__bureau_at " platform token"' -l excel -d 'CSV as a Norwegian Excel reads it.'
complete -c bureau -n '__bureau_at " platform token"' -l no-header -d 'tsv and csv without the header line.'
complete -c bureau -n '__bureau_at " platform token"' -l lang -d 'Language of titles.' -x -a 'nb en'
complete -c bureau -n '__bureau_at " platform token"' -l profile -s p -d 'Which platform, as whom.' -x
complete -c bureau -n '__bureau_at " platform token"' -l deadline -d 'Give up after 30s, 20m, 2h.' -x
complete -c bureau -n '__bureau_at " platform token"' -l quiet -s q -d 'No talk on stderr but errors.'
complete -c bureau -n '__bureau_at " platform token"' -l trace -d 'Show each request on stderr, secrets left out.'
complete -c bureau -n '__bureau_at " platform token"' -l help -s h -d 'Show this message and exit.'
complete -c bureau -n '__bureau_at " platform serve"' -l port -d 'On this machine; 0 takes a free one.' -x
complete -c bureau -n '__bureau_at " platform serve"' -l fault-header -d 'Let a request ask for a fault (Bureau-Fault).'
complete -c bureau -n '__bureau_at " platform serve"' -l delay -d 'Hold every answer back: 20ms.' -x
complete -c bureau -n '__bureau_at " platform serve"' -l output -s o -d 'Format; default table, in a pipe tsv.' -x -a 'table plain tsv csv json ndjson markdown xlsx ids'
complete -c bureau -n '__bureau_at " platform serve"' -l out -d 'Write to a file; its name says the format.' -r -F
complete -c bureau -n '__bureau_at " platform serve"' -l force -d 'Let --out replace a file.'
complete -c bureau -n '__bureau_at " platform serve"' -l fields -d 'Only these columns, in this order.' -x
complete -c bureau -n '__bureau_at " platform serve"' -l sort -d 'Order by a column, - for descending.' -x
complete -c bureau -n '__bureau_at " platform serve"' -l limit -d 'At most so many rows.' -x
complete -c bureau -n '__bureau_at " platform serve"' -l excel -d 'CSV as a Norwegian Excel reads it.'
complete -c bureau -n '__bureau_at " platform serve"' -l no-header -d 'tsv and csv without the header line.'
complete -c bureau -n '__bureau_at " platform serve"' -l lang -d 'Language of titles.' -x -a 'nb en'
complete -c bureau -n '__bureau_at " platform serve"' -l profile -s p -d 'Which platform, as whom.' -x
complete -c bureau -n '__bureau_at " platform serve"' -l deadline -d 'Give up after 30s, 20m, 2h.' -x
complete -c bureau -n '__bureau_at " platform serve"' -l quiet -s q -d 'No talk on stderr but errors.'
complete -c bureau -n '__bureau_at " platform serve"' -l trace -d 'Show each request on stderr, secrets left out.'
complete -c bureau -n '__bureau_at " platform serve"' -l help -s h -d 'Show this message and exit.'
