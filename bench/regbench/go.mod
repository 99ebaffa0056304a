module regbench

go 1.23
