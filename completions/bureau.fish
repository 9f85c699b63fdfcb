# Generated from the command tree by `make generate`; do not edit.

function __bureau_at
    set -l at ""
    for word in (commandline -opc)[2..-1]
        switch "$at $word"
            case " api" " clients" " clients list" " clients show" " explain" " groups" " groups list" " groups show" " groups create" " groups rename" " groups delete" " groups add" " groups remove"
                set at "$at $word"
        end
    end
    test "$at" = "$argv[1]"
end

complete -c bureau -f
complete -c bureau -n '__bureau_at ""' -a api -d 'Ask the platform anything: the raw API, with the same token, repeats and redaction.'
complete -c bureau -n '__bureau_at ""' -a clients -d 'See the client companies (lønnsklienter) of the bureau, with or without access to them.'
complete -c bureau -n '__bureau_at ""' -a explain -d 'Tell what an error code means and what to do about it.'
complete -c bureau -n '__bureau_at ""' -a groups -d 'Groups of clients (grupper, kategorier): see them, make them, put clients in and take them out.'
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
complete -c bureau -n '__bureau_at " clients list"' -l member -d 'Where this user is owner or member.' -x
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
complete -c bureau -n '__bureau_at " groups"' -a show -d 'Show one group; its clients are `bureau clients list --group GROUP`.'
complete -c bureau -n '__bureau_at " groups"' -a create -d 'Make an empty group.'
complete -c bureau -n '__bureau_at " groups"' -a rename -d 'Give a group another name, another title, or both.'
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
