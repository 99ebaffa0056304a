package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func TestBlobsHaveTheDigestTheyNameAndNoTwoAreAlike(t *testing.T) {
	for _, sizeBytes := range []int64{0, 1, 31, 32, 33, 4096} {
		b := newBlob(sizeBytes)
		content, _ := io.ReadAll(b.reader())
		if int64(len(content)) != sizeBytes || digestOf(content) != b.digest {
			t.Errorf("%d bytes: got %d with another digest than %s", sizeBytes, len(content), b.digest)
		}
	}
	if newBlob(64).digest == newBlob(64).digest {
		t.Error("two blobs with one digest")
	}
}

func TestDialsNothingButLoopback(t *testing.T) {
	c, err := newClient("http://192.0.2.1:80", 1)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.list(context.Background(), "/v2/"); !errors.Is(err, errNotLoopback) {
		t.Errorf("got %v", err)
	}
}

// testRegistry takes uploads in both modes, at a location that has a query already.
func testRegistry(t *testing.T, got *strings.Builder, digest *string) *client {
	handler := func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(got, r.Body)
		w.Header().Set("Location", "/upload?state=1")
		switch r.Method {
		case "PUT":
			*digest = r.URL.Query().Get("digest")
			w.WriteHeader(201)
		default:
			w.WriteHeader(202)
		}
	}
	server := httptest.NewServer(http.HandlerFunc(handler))
	t.Cleanup(server.Close)
	c, err := newClient(server.URL, 1)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestBothUploadModesSendAllBytesAndTheDigest(t *testing.T) {
	for _, mode := range []uploadMode{wholePut, streamPatch} {
		var got strings.Builder
		var digest string
		c := testRegistry(t, &got, &digest)
		b := newBlob(100_000)
		if err := c.pushBlob(context.Background(), "a/b", b, mode); err != nil {
			t.Fatal(err)
		}
		if digest != b.digest || digestOf([]byte(got.String())) != b.digest {
			t.Errorf("mode %d: %d bytes came, with the digest %s", mode, got.Len(), digest)
		}
	}
}

func TestRefusesAnswersThatWereNotAskedFor(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()
	c, _ := newClient(server.URL, 1)
	err := c.getManifest(context.Background(), "a/b", "1")
	if err == nil || !strings.Contains(err.Error(), "status 404") {
		t.Errorf("got %v", err)
	}
}

func TestMeasuresUntilTheTimeIsUpOrTheOperationsAre(t *testing.T) {
	s := &server{pid: os.Getpid()}
	var calls atomic.Int64
	count := func(context.Context, int) error { calls.Add(1); return nil }
	got, err := measure(context.Background(), s, count, 0, limits{time.Hour, 50})
	if err != nil || got.operations != 50 || len(got.latencies) != 50 || calls.Load() != 50 {
		t.Errorf("%d operations, %v", got.operations, err)
	}
	got, err = measure(context.Background(), s, count, 0, limits{0, unlimited})
	if err != nil || got.operations != 0 {
		t.Errorf("%d operations after the end, %v", got.operations, err)
	}
	broken := errors.New("broken")
	_, err = measure(context.Background(), s, func(context.Context, int) error { return broken }, 0, limits{time.Hour, 9})
	if !errors.Is(err, broken) {
		t.Errorf("a failed operation gave %v", err)
	}
}

func TestCountsTheCPUOfAProcessAndItsChildren(t *testing.T) {
	stat := func(parent, user, system, children int) []int64 {
		text := fmt.Sprintf("7 (a (b) c) S %d 0 0 0 0 0 0 0 0 0 %d %d %d 0 0", parent, user, system, children)
		numbers, err := statNumbers(text)
		if err != nil {
			t.Fatal(err)
		}
		return numbers
	}
	processes := map[int][]int64{1: stat(0, 100, 0, 0), 7: stat(1, 5, 3, 2), 8: stat(7, 1, 1, 0), 9: stat(1, 50, 0, 0)}
	if got := cpuOfTree(7, processes); got != 12*tick {
		t.Errorf("got %v", got)
	}
	if _, err := cpuOf(-1); err == nil {
		t.Error("a process that is not there has no CPU time")
	}
}

func TestTakesTheMedianOfSessionsAndTheGeometricMeanOfRatios(t *testing.T) {
	session := func(own, other float64) []line {
		return []line{{Row: "r", Figures: map[string]figure{ours: {CPUMs: own}, peer: {CPUMs: other}}}}
	}
	lines := median([][]line{session(1, 2), session(9, 8), session(2, 1)})
	if got := lines[0].Figures[ours].CPUMs; got != 2 {
		t.Errorf("median %v", got)
	}
	if got, _ := lines[0].ratio(ours, peer); got != 1.125 {
		t.Errorf("median of ratios %v, not the ratio of medians", got)
	}
	both := append(session(1, 4), session(4, 4)...)
	if got := geometricMean(both, ours, peer); math.Abs(got-0.5) > 1e-9 {
		t.Errorf("geometric mean %v", got)
	}
	if judge(session(3, 4), 1) == nil || judge(session(1, 4), 1) != nil || judge(session(3, 4), 2) != nil {
		t.Error("promises are judged wrongly")
	}
}

func TestPercentilesAreLatenciesThatWereMeasured(t *testing.T) {
	var latencies []time.Duration
	for n := 100; n > 0; n-- {
		latencies = append(latencies, time.Duration(n)*time.Millisecond)
	}
	if p50, p99 := percentile(latencies, 0.5), percentile(latencies, 0.99); p50 != 50 || p99 != 99 {
		t.Errorf("p50 %v, p99 %v", p50, p99)
	}
}

func TestAlignsTheTable(t *testing.T) {
	var out strings.Builder
	printTable(&out, []string{"a", "figure"}, [][]string{{"long name", nothing}, {"b", "1.00"}})
	want := "| a         | figure |\n| --------- | -----: |\n| long name |      – |\n| b         |   1.00 |\n"
	if out.String() != want {
		t.Errorf("got\n%s", out.String())
	}
}
