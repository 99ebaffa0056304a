package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"time"
)

// What is measured for each figure. Writes are few, so that measuring does not fill what it measures.
const (
	growthWarmUp = time.Second
	growthTime   = 2 * time.Second
	growthWrites = 400

	// A first pass whose figures are dropped: a JVM's first seconds are not its figures.
	growthWarmUpCount = 100
)

// growthRow is an operation on a registry that holds count of what its cost might grow with.
type growthRow struct {
	name       string
	most       int // of what the cost might grow with
	operations int
	prepare    func(ctx context.Context, c *client, count int) (operation, error)
}

var growthRows = []growthRow{
	{"tags: GET by tag", 100_000, unlimited, getAmongTags},
	{"tags: one page", 100_000, unlimited, pageOfTags},
	{"tags: DELETE by digest", 100_000, growthWrites, deleteAmongTags},
	{"tags: PUT, new tag", 100_000, growthWrites, putAmongTags}, // last, because it adds tags
	{"repositories: page of the catalog", 10_000, unlimited, pageOfCatalog},
	{"referrers: one page", 10_000, unlimited, pageOfReferrers},
}

var growthCounts = []int{10, 1_000, 10_000, 100_000}

// growth measures every row at every count on one server after the other, filling it further from
// count to count.
func growth(ctx context.Context, arguments []string) error {
	flags := flag.NewFlagSet("growth", flag.ExitOnError)
	own := checkout(flags)
	most := flags.Int("most", 100_000, "the largest count")
	peerMost := flags.Int("peer-most", 10_000, "the largest count for the peer, which takes long to fill")
	_ = flags.Parse(arguments)
	kinds, err := withPeers([]kind{roadstead(ours, *own)})
	if err != nil {
		return err
	}
	limits := []int{*most, min(*most, *peerMost)}
	figures := map[string]figure{}
	for n, limit := range limits {
		err := withServers(ctx, kinds[n:n+1], func(servers []*server) error {
			return growOn(ctx, servers[0], limit, figures, os.Stderr)
		})
		if err != nil {
			return err
		}
	}
	printGrowth(os.Stdout, limits, figures)
	return nil
}

func growthKey(server, row string, count int) string {
	return fmt.Sprint(server, "/", row, "/", count)
}

func growOn(ctx context.Context, s *server, limit int, figures map[string]figure, progress io.Writer) error {
	for _, count := range append([]int{growthWarmUpCount}, growthCounts...) {
		for _, row := range growthRows {
			if count > min(limit, row.most) {
				continue
			}
			one, err := growthFigure(ctx, s, row, count)
			if errors.Is(err, errNotOffered) {
				continue
			}
			if err != nil {
				return fmt.Errorf("%s, %s, %d: %w", s.name, row.name, count, err)
			}
			figures[growthKey(s.name, row.name, count)] = one
			fmt.Fprintf(progress, "  %s, %s, %d: %s\n", s.name, row.name, count, rounded(one.CPUMs))
		}
	}
	return nil
}

func growthFigure(ctx context.Context, s *server, r growthRow, count int) (figure, error) {
	run, err := r.prepare(ctx, s.client, count)
	if err != nil {
		return figure{}, err
	}
	warm, err := measure(ctx, s, run, 0, limits{growthWarmUp, r.operations})
	if err != nil {
		return figure{}, err
	}
	measured, err := measure(ctx, s, run, warm.operations, limits{growthTime, r.operations})
	return figureOf(measured), err
}

func growthRepository(count int) string { return fmt.Sprintf("growth/tags-%d", count) }

// base has the blobs that all manifests of these repositories name.
var base = newImage([]blob{newBlob(4 * kib)})

// getAmongTags fills a repository with tags, each with a manifest of its own.
func getAmongTags(ctx context.Context, c *client, count int) (operation, error) {
	repository := growthRepository(count)
	if err := c.pushImage(ctx, repository, "base", base); err != nil {
		return nil, err
	}
	err := each(ctx, 2*atOnce, count, func(n int) error {
		next := imageOf(base.blobs[0], base.blobs[1:])
		return c.putManifest(ctx, repository, tagOf(n, next), next)
	})
	return func(ctx context.Context, n int) error {
		return c.getManifest(ctx, repository, tagOf(n*7919%count, image{}))
	}, err
}

func putAmongTags(_ context.Context, c *client, count int) (operation, error) {
	return func(ctx context.Context, n int) error {
		next := imageOf(base.blobs[0], base.blobs[1:])
		return c.putManifest(ctx, growthRepository(count), fmt.Sprintf("more%06d", n), next)
	}, nil
}

// deleteAmongTags makes the manifests first, so that only their end is measured.
func deleteAmongTags(ctx context.Context, c *client, count int) (operation, error) {
	repository := growthRepository(count)
	doomed := make([]image, 2*growthWrites) // warming up takes as many
	err := each(ctx, atOnce, len(doomed), func(n int) error {
		doomed[n] = imageOf(base.blobs[0], base.blobs[1:])
		return c.putManifest(ctx, repository, doomed[n].digest, doomed[n])
	})
	return func(ctx context.Context, n int) error {
		return c.deleteManifest(ctx, repository, doomed[n].digest)
	}, err
}

func pageOfTags(_ context.Context, c *client, count int) (operation, error) {
	return func(ctx context.Context, _ int) error {
		return c.list(ctx, tagsPath(growthRepository(count), listed))
	}, nil
}

// pageOfCatalog makes so many repositories, each with one small image of mounted blobs.
func pageOfCatalog(ctx context.Context, c *client, count int) (operation, error) {
	err := each(ctx, 2*atOnce, count, func(n int) error {
		repository := fmt.Sprintf("growth/of-%d/%06d", count, n)
		for _, b := range base.blobs {
			if err := c.mount(ctx, repository, growthRepository(growthWarmUpCount), b); err != nil {
				return err
			}
		}
		return c.putManifest(ctx, repository, "1", base)
	})
	return func(ctx context.Context, _ int) error { return c.list(ctx, catalogPath(listed)) }, err
}

func pageOfReferrers(ctx context.Context, c *client, count int) (operation, error) {
	return referrersOf(ctx, c, fmt.Sprintf("growth/referrers-%d", count), count)
}

func printGrowth(out io.Writer, limits []int, figures map[string]figure) {
	head := []string{"CPU-ms (p50 ms)"}
	for _, count := range growthCounts {
		head = append(head, fmt.Sprint(count))
	}
	var cells [][]string
	for n, name := range []string{ours, peer}[:len(limits)] {
		for _, row := range growthRows {
			line := []string{name + ", " + row.name}
			for _, count := range growthCounts {
				one, has := figures[growthKey(name, row.name, count)]
				cell := nothing
				if has && count <= limits[n] {
					cell = fmt.Sprintf("%s (%s)", rounded(one.CPUMs), rounded(one.P50Ms))
				}
				line = append(line, cell)
			}
			cells = append(cells, line)
		}
	}
	printTable(out, head, cells)
}
