module record

go 1.19
