package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

const (
	garbageBlobs     = 100 // collected in each round
	garbageBytes     = 4 * kib
	liveBytes        = kib
	layersOfOneImage = 80 // of the images that keep the live blobs
	collectRounds    = 9
	peerRounds       = 3 // each of them walks over everything

	// A run has done all when none of its requests finds more; more than this is a defect of ours.
	maxCollectRequests = 100

	pushRounds    = 6
	pushRoundTime = 5 * time.Second
	garbageAtOnce = 2

	// What is promised: among a hundred times as many blobs, the same garbage costs the same.
	maxCollectRatio = 1.2
)

// manual is a collector that runs when it is told to, and takes at once what nothing names.
var manual = []string{"--collect-every", "24h", "--grace", "0s", "--trash", "0s", "--collect-limit", "100000000"}

// cost is what giving back the space of garbageBlobs took, once.
type cost struct{ wall, cpu time.Duration }

// collect measures what it costs to give space back: among few and among many live blobs, and what
// pushes notice of it.
func collect(ctx context.Context, arguments []string) error {
	flags := flag.NewFlagSet("collect", flag.ExitOnError)
	own := checkout(flags)
	few := flags.Int("few", 1_000, "live blobs, the smaller number")
	many := flags.Int("many", 100_000, "live blobs, the larger number")
	_ = flags.Parse(arguments)
	if *few < 1 || *many < *few {
		return errors.New("-few is 1 or more, -many at least as many")
	}
	program, err := exec.LookPath("registry")
	if err != nil {
		return fmt.Errorf("%s is missing; localstack/tools/install gets it: %w", peer, err)
	}
	counts := []int{*few, *many}
	ourCosts, err := collectAmong(ctx, collection{roadstead(ours, *own, manual...), collectRounds, putAtOnce, collectOurs}, counts)
	if err != nil {
		return err
	}
	peerCosts, err := collectAmong(ctx, collection{distribution(peer, program), peerRounds, putAsFile, collectWith(program)}, counts)
	if err != nil {
		return err
	}
	printCollection(os.Stdout, counts, ourCosts, peerCosts)
	if err := pushesBesideCollection(ctx, *own); err != nil {
		return err
	}
	if ratio := wallMs(ourCosts[1]) / wallMs(ourCosts[0]); ratio > maxCollectRatio {
		return fmt.Errorf("collecting among %d blobs costs %.2f of what it costs among %d, more than %.2f",
			*many, ratio, *few, maxCollectRatio)
	}
	return nil
}

// collection is how one registry is filled, and collects.
type collection struct {
	kind    kind
	rounds  int
	put     func(ctx context.Context, s *server, repository string, b blob) error
	collect func(ctx context.Context, s *server) error
}

// collectAmong fills one server for each count, and lets them take turns, so that what disturbs the
// machine disturbs both.
func collectAmong(ctx context.Context, c collection, counts []int) ([][]cost, error) {
	kinds := make([]kind, len(counts))
	for n := range counts {
		kinds[n] = c.kind
	}
	costs := make([][]cost, len(counts))
	err := withServers(ctx, kinds, func(servers []*server) error {
		for n, s := range servers {
			fmt.Fprintf(os.Stderr, "  %s: filling with %d blobs\n", s.name, counts[n])
			if err := c.fill(ctx, s, counts[n]); err != nil {
				return err
			}
		}
		for round := range c.rounds + 1 { // the first is not counted
			for n, s := range servers {
				one, err := collectOnce(ctx, s, c.collect)
				if err != nil {
					return fmt.Errorf("%s among %d: %w", s.name, counts[n], err)
				}
				if round > 0 {
					costs[n] = append(costs[n], one)
				}
			}
		}
		return nil
	})
	return costs, err
}

// fill makes images of many small layers.
func (c collection) fill(ctx context.Context, s *server, count int) error {
	images := (count + layersOfOneImage) / (layersOfOneImage + 1) // a config each
	return each(ctx, atOnce, images, func(n int) error {
		layers := make([]blob, min(layersOfOneImage, max(count-n*(layersOfOneImage+1)-1, 1)))
		for l := range layers {
			layers[l] = newBlob(liveBytes)
		}
		repository := fmt.Sprintf("live/%03d", n%100)
		next := newImage(layers)
		for _, b := range next.blobs {
			if err := c.put(ctx, s, repository, b); err != nil {
				return err
			}
		}
		return s.client.putManifest(ctx, repository, tagOf(n, image{}), next)
	})
}

// putAtOnce pushes a blob with one request.
func putAtOnce(ctx context.Context, s *server, repository string, b blob) error {
	_, err := s.client.send(ctx, request{
		method: "POST", target: withDigest(uploadsPath(repository), b.digest), contentType: octets,
		body: b.reader(), lengthBytes: b.sizeBytes,
	}, 201)
	return err
}

// putAsFile puts a blob where the peer would: pushing so many to it takes long.
func putAsFile(_ context.Context, s *server, repository string, b blob) error {
	hex := strings.TrimPrefix(b.digest, "sha256:")
	root := filepath.Join(s.folder, "data", "docker", "registry", "v2")
	content, err := io.ReadAll(b.reader())
	if err != nil {
		return err
	}
	return errors.Join(
		writeFile(filepath.Join(root, "blobs", "sha256", hex[:2], hex, "data"), content),
		writeFile(filepath.Join(root, "repositories", repository, "_layers", "sha256", hex, "link"), []byte(b.digest)))
}

func writeFile(path string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, content, 0o600)
}

func collectOnce(ctx context.Context, s *server, collectOn func(context.Context, *server) error) (cost, error) {
	if _, err := pushBlobs(ctx, s.client, "garbage", garbageBytes, garbageBlobs); err != nil {
		return cost{}, err
	}
	cpu, err := cpuOf(s.pid)
	if err != nil {
		return cost{}, err
	}
	ended := endedChildrenCPU()
	begun := time.Now()
	if err := collectOn(ctx, s); err != nil {
		return cost{}, err
	}
	wall := time.Since(begun)
	after, err := cpuOf(s.pid)
	return cost{wall, after - cpu + endedChildrenCPU() - ended}, err
}

// collectOurs tells a running Roadstead to collect, as roadstead gc run does.
func collectOurs(ctx context.Context, s *server) error {
	door, err := os.ReadFile(filepath.Join(s.folder, "data", "administration"))
	if err != nil {
		return err
	}
	lines := strings.Split(string(door), "\n")
	if len(lines) < 2 {
		return errors.New("the data folder does not say how the registry is administered")
	}
	purged := 0
	for range maxCollectRequests {
		body := `{"action":"run"}`
		a, err := s.client.send(ctx, request{
			method: "POST", target: "/api/v1/collection", contentType: "application/json",
			authorization: "Bearer " + lines[1],
			body:          strings.NewReader(body), lengthBytes: int64(len(body)),
		}, 200)
		if err != nil {
			return err
		}
		var report struct {
			Purged int  `json:"purged"`
			More   bool `json:"more"`
		}
		if err := json.Unmarshal(a.body, &report); err != nil {
			return err
		}
		if purged += report.Purged; !report.More {
			break
		}
	}
	if purged != garbageBlobs {
		return fmt.Errorf("%d blobs were purged, not %d", purged, garbageBlobs)
	}
	return nil
}

// collectWith runs the peer's own command on the server's folder. Its manual asks for a registry
// that is stopped or read-only; nobody pushes here meanwhile.
func collectWith(program string) func(context.Context, *server) error {
	return func(ctx context.Context, s *server) error {
		command := exec.CommandContext(ctx, program, "garbage-collect", filepath.Join(s.folder, "config.yml"))
		command.Env = append(os.Environ(), "OTEL_TRACES_EXPORTER=none", "OTEL_METRICS_EXPORTER=none")
		out, err := command.CombinedOutput()
		if err != nil {
			return fmt.Errorf("%w: %s", err, quoted(out))
		}
		if got := strings.Count(string(out), "blob eligible for deletion: "); got != garbageBlobs {
			return fmt.Errorf("%d blobs were deleted, not %d", got, garbageBlobs)
		}
		return nil
	}
}

func wallMs(costs []cost) float64 {
	values := make([]float64, len(costs))
	for n, c := range costs {
		values[n] = milliseconds(c.wall)
	}
	return middle(values)
}

// cpuMs is a mean: the kernel counts in steps of 10 ms.
func cpuMs(costs []cost) float64 {
	var sum time.Duration
	for _, c := range costs {
		sum += c.cpu
	}
	return milliseconds(sum) / float64(max(len(costs), 1))
}

func printCollection(out io.Writer, counts []int, ourCosts, peerCosts [][]cost) {
	head := []string{fmt.Sprintf("collecting %d blobs, ms (CPU-ms)", garbageBlobs)}
	for _, count := range counts {
		head = append(head, fmt.Sprintf("among %d", count))
	}
	head = append(head, "ratio")
	var cells [][]string
	for _, one := range []struct {
		name  string
		costs [][]cost
	}{{ours + ", while it runs", ourCosts}, {peer + ", garbage-collect", peerCosts}} {
		line := []string{one.name}
		for _, costs := range one.costs {
			line = append(line, fmt.Sprintf("%s (%s)", rounded(wallMs(costs)), rounded(cpuMs(costs))))
		}
		cells = append(cells, append(line, rounded(wallMs(one.costs[1])/wallMs(one.costs[0]))))
	}
	printTable(out, head, cells)
	fmt.Fprintln(out)
}

// pushesBesideCollection compares pushes to a registry whose collector runs all the time with pushes
// to one whose collector never does, while both get the same garbage.
func pushesBesideCollection(ctx context.Context, own string) error {
	always := []string{"--collect-every", "1s", "--trash", "0s", "--collect-limit", "100000000"}
	never := []string{"--collect-every", "24h", "--trash", "0s", "--collect-limit", "100000000"}
	kinds := []kind{
		roadstead("collector every second", own, always...),
		roadstead("no collector", own, never...),
	}
	samples := make([]sample, len(kinds))
	err := withServers(ctx, kinds, func(servers []*server) error {
		for round := range pushRounds + 1 { // the first is not counted
			for n, s := range servers {
				fmt.Fprintf(os.Stderr, "  pushes, %s, round %d\n", s.name, round)
				one, err := pushesAmongGarbage(ctx, s, round)
				if err != nil {
					return fmt.Errorf("%s: %w", s.name, err)
				}
				if round > 0 {
					samples[n] = samples[n].plus(one)
				}
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	var cells [][]string
	for n, k := range kinds {
		f := figureOf(samples[n])
		cells = append(cells, []string{k.name, rounded(f.P50Ms), rounded(f.P99Ms), rounded(f.CPUMs)})
	}
	printTable(os.Stdout, []string{"image push, ms", "p50", "p99", "server CPU"}, cells)
	return nil
}

// pushesAmongGarbage pushes images while others push blobs and delete them.
func pushesAmongGarbage(ctx context.Context, s *server, round int) (sample, error) {
	garbage, stop := context.WithCancel(ctx)
	done := make(chan error, 1)
	go func() {
		done <- each(garbage, garbageAtOnce, unlimited, func(int) error {
			b := newBlob(garbageBytes)
			if err := s.client.pushBlob(garbage, "garbage", b, wholePut); err != nil {
				return err
			}
			return s.client.deleteBlob(garbage, "garbage", b.digest)
		})
	}()
	push := func(ctx context.Context, n int) error {
		return s.client.pushImage(ctx, fmt.Sprintf("pushed/%d", round), tagOf(n, image{}), newImage(layersOf()))
	}
	measured, err := measure(ctx, s, push, 0, limits{pushRoundTime, unlimited})
	stop()
	if failed := <-done; failed != nil && !errors.Is(failed, context.Canceled) {
		err = errors.Join(err, failed)
	}
	return measured, err
}
