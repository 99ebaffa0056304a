package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"strings"
	"time"
)

// plan says how long a comparison takes.
type plan struct {
	sessions int
	warmUp   time.Duration // of each row on each server
	rounds   int           // of each row; the servers take turns
	round    time.Duration
	rows     *regexp.Regexp
}

var (
	fullPlan  = plan{sessions: 3, warmUp: 3 * time.Second, rounds: 4, round: 500 * time.Millisecond}
	quickPlan = plan{sessions: 1, warmUp: time.Second, rounds: 2, round: 400 * time.Millisecond}
)

// figure is what one operation costs one server.
type figure struct {
	CPUMs float64 `json:"cpuMs"`
	P50Ms float64 `json:"p50Ms"`
	P99Ms float64 `json:"p99Ms"`
}

// line is one row's figures, by server; a server without the operation is left out.
type line struct {
	Row      string            `json:"row"`
	ZotCPUMs float64           `json:"zotCpuMs"`
	Figures  map[string]figure `json:"figures"`
	// Of several sessions, by pair of servers: figures are compared within a session only.
	Ratios map[string]float64 `json:"ratios,omitempty"`
}

// compareIn runs one session: every server on a fresh folder, row after row, the servers taking
// turns within a row, so that what disturbs the machine disturbs all of them.
func compareIn(ctx context.Context, p plan, kinds []kind, progress io.Writer) ([]line, error) {
	var lines []line
	err := withServers(ctx, kinds, func(servers []*server) error {
		for _, row := range rows {
			if !p.rows.MatchString(row.name) {
				continue
			}
			figures, err := compareRow(ctx, p, row, servers)
			if err != nil {
				return fmt.Errorf("%s: %w", row.name, err)
			}
			lines = append(lines, line{Row: row.name, ZotCPUMs: row.zotCPUMs, Figures: figures})
			fmt.Fprintf(progress, "  %s\n", row.name)
		}
		return nil
	})
	return lines, err
}

func compareRow(ctx context.Context, p plan, r row, servers []*server) (map[string]figure, error) {
	repository := "bench/" + slug(r.name)
	operations := map[*server]operation{}
	first := map[*server]int{}
	for _, s := range servers {
		run, err := r.prepare(ctx, s.client, repository)
		if errors.Is(err, errNotOffered) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("%s, preparing: %w", s.name, err)
		}
		warm, err := measure(ctx, s, run, 0, limits{p.warmUp, r.operations})
		if err != nil {
			return nil, fmt.Errorf("%s, warming up: %w", s.name, err)
		}
		operations[s], first[s] = run, warm.operations
	}
	samples := map[*server]sample{}
	for n := range p.rounds {
		for turn := range servers {
			s := servers[(turn+n)%len(servers)] // nobody always comes after the same one
			run, offered := operations[s]
			if !offered {
				continue
			}
			if r.operations != unlimited {
				if err := backMemory(s.folder); err != nil {
					return nil, err
				}
			}
			one, err := measure(ctx, s, run, first[s], limits{p.round, max(1, r.operations/p.rounds)})
			if err != nil {
				return nil, fmt.Errorf("%s: %w", s.name, err)
			}
			first[s] += one.operations
			samples[s] = samples[s].plus(one)
		}
	}
	figures := map[string]figure{}
	for s, all := range samples {
		figures[s.name] = figureOf(all)
	}
	return figures, nil
}

var notInNames = regexp.MustCompile(`[^a-z0-9]+`)

// slug makes a name of a repository.
func slug(name string) string { return notInNames.ReplaceAllString(strings.ToLower(name), "-") }

func figureOf(s sample) figure {
	return figure{s.cpuMsPerOperation(), percentile(s.latencies, 0.5), percentile(s.latencies, 0.99)}
}

func pair(of, to string) string { return of + " of " + to }

// median takes each figure's median of some sessions by itself, and each ratio's.
func median(sessions [][]line) []line {
	var merged []line
	for n, first := range sessions[0] {
		figures := map[string]figure{}
		for name := range first.Figures {
			of := func(part func(figure) float64) float64 {
				var values []float64
				for _, lines := range sessions {
					values = append(values, part(lines[n].Figures[name]))
				}
				return middle(values)
			}
			figures[name] = figure{
				of(func(f figure) float64 { return f.CPUMs }),
				of(func(f figure) float64 { return f.P50Ms }),
				of(func(f figure) float64 { return f.P99Ms }),
			}
		}
		ratios := map[string]float64{}
		for of := range figures {
			for to := range figures {
				var values []float64
				for _, lines := range sessions {
					if ratio, both := lines[n].ratio(of, to); both {
						values = append(values, ratio)
					}
				}
				if len(values) == len(sessions) {
					ratios[pair(of, to)] = middle(values)
				}
			}
		}
		merged = append(merged, line{first.Row, first.ZotCPUMs, figures, ratios})
	}
	return merged
}

// ratio is what a row costs one server, as a part of what it costs another; false when one of them
// does not have it, or took less than can be measured.
func (l line) ratio(of, to string) (float64, bool) {
	if ratio, known := l.Ratios[pair(of, to)]; known {
		return ratio, true
	}
	a, hasA := l.Figures[of]
	b, hasB := l.Figures[to]
	return a.CPUMs / b.CPUMs, hasA && hasB && a.CPUMs > 0 && b.CPUMs > 0
}

// geometricMean of the ratios of all rows that both have.
func geometricMean(lines []line, of, to string) float64 {
	sum, count := 0.0, 0
	for _, l := range lines {
		if ratio, both := l.ratio(of, to); both {
			sum += math.Log(ratio)
			count++
		}
	}
	return math.Exp(sum / float64(max(count, 1)))
}
