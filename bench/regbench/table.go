package main

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// printTable aligns the cells, in the form that Markdown reads as a table.
func printTable(out io.Writer, head []string, lines [][]string) {
	widths := make([]int, len(head))
	for _, cells := range append([][]string{head}, lines...) {
		for n, cell := range cells {
			widths[n] = max(widths[n], utf8.RuneCountInString(cell))
		}
	}
	printCells(out, widths, head)
	rule := make([]string, len(head))
	for n, width := range widths {
		rule[n] = strings.Repeat("-", width)
		if n > 0 {
			rule[n] = rule[n][1:] + ":"
		}
	}
	printCells(out, widths, rule)
	for _, cells := range lines {
		printCells(out, widths, cells)
	}
}

// printCells prints one line: names to the left, figures to the right.
func printCells(out io.Writer, widths []int, cells []string) {
	for n, cell := range cells {
		space := strings.Repeat(" ", widths[n]-utf8.RuneCountInString(cell))
		if n == 0 {
			cell += space
		} else {
			cell = space + cell
		}
		fmt.Fprintf(out, "| %s ", cell)
	}
	fmt.Fprintln(out, "|")
}

// rounded shows a figure with as many digits as it deserves.
func rounded(value float64) string {
	switch {
	case value < 0.1:
		return fmt.Sprintf("%.3f", value)
	case value < 10:
		return fmt.Sprintf("%.2f", value)
	case value < 100:
		return fmt.Sprintf("%.1f", value)
	}
	return fmt.Sprintf("%.0f", value)
}

const nothing = "–"

// printComparison prints the figures of all servers, and the ratio of the first to each of the
// others.
func printComparison(out io.Writer, names []string, lines []line) {
	head := []string{"CPU-ms, (p50 / p99 ms)"}
	head = append(head, names...)
	for _, other := range names[1:] {
		head = append(head, "of "+other)
	}
	head = append(head, "zot CPU-ms")
	var cells [][]string
	for _, l := range lines {
		row := []string{l.Row}
		for _, name := range names {
			row = append(row, figureCell(l.Figures, name))
		}
		for _, other := range names[1:] {
			row = append(row, ratioCell(l, names[0], other))
		}
		cells = append(cells, append(row, rounded(l.ZotCPUMs)))
	}
	mean := append([]string{"geometric mean"}, make([]string, len(names))...)
	for _, other := range names[1:] {
		mean = append(mean, rounded(geometricMean(lines, names[0], other)))
	}
	printTable(out, head, append(cells, append(mean, "")))
}

func figureCell(figures map[string]figure, name string) string {
	f, has := figures[name]
	if !has {
		return nothing
	}
	return fmt.Sprintf("%s (%s / %s)", rounded(f.CPUMs), rounded(f.P50Ms), rounded(f.P99Ms))
}

func ratioCell(l line, of, to string) string {
	ratio, both := l.ratio(of, to)
	if !both {
		return nothing
	}
	return rounded(ratio)
}
