package main

import (
	"context"
	"errors"
	"io"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

const (
	atOnce      = 4 // operations in flight, on two cores
	blobsAtOnce = 3 // of one image, as docker does
)

// operation is what is measured; n is another number at every call.
type operation func(ctx context.Context, n int) error

// limits end a measurement at whichever comes first.
type limits struct {
	duration   time.Duration
	operations int
}

var errTimeIsUp = errors.New("the time of this measurement is up")

// sample is what one server did in one measurement.
type sample struct {
	operations int
	cpu        time.Duration
	latencies  []time.Duration
}

func (s sample) plus(other sample) sample {
	return sample{s.operations + other.operations, s.cpu + other.cpu, append(s.latencies, other.latencies...)}
}

func (s sample) cpuMsPerOperation() float64 {
	return milliseconds(s.cpu) / float64(max(s.operations, 1))
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// measure runs an operation again and again, with numbers from first on, and ends at the first
// error.
func measure(ctx context.Context, s *server, run operation, first int, l limits) (sample, error) {
	before, err := cpuOf(s.pid)
	if err != nil {
		return sample{}, err
	}
	var lock sync.Mutex
	var latencies []time.Duration
	end := time.Now().Add(l.duration)
	err = each(ctx, atOnce, l.operations, func(n int) error {
		begun := time.Now()
		if begun.After(end) {
			return errTimeIsUp
		}
		if err := run(ctx, first+n); err != nil {
			return err
		}
		latency := time.Since(begun)
		lock.Lock()
		defer lock.Unlock()
		latencies = append(latencies, latency)
		return nil
	})
	if err != nil && !errors.Is(err, errTimeIsUp) {
		return sample{}, err
	}
	after, err := cpuOf(s.pid)
	return sample{len(latencies), after - before, latencies}, err
}

// ballastBytes is more than what one measurement of a row that moves many bytes writes.
const ballastBytes = 256 * mib

// backMemory writes a file and removes it. A virtual machine gives memory that lies idle back to
// its host, and the first use of each page then costs a multiple of what is measured: 20 ms of CPU
// for 10 MB. The pages of a file just removed are the ones that the next file gets.
func backMemory(folder string) error {
	file, err := os.CreateTemp(folder, "ballast")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	defer file.Close()
	for step := make([]byte, mib); ; {
		if size, err := file.Seek(0, io.SeekCurrent); err != nil || size >= ballastBytes {
			return err
		}
		if _, err := file.Write(step); err != nil {
			return err
		}
	}
}

// each calls work with 0 to count-1, some at once, and returns the first error after all calls
// under way have ended.
func each(ctx context.Context, width, count int, work func(n int) error) error {
	var next atomic.Int64
	var failed atomic.Pointer[error]
	var workers sync.WaitGroup
	for range min(width, count) {
		workers.Add(1)
		go func() {
			defer workers.Done()
			for failed.Load() == nil && ctx.Err() == nil {
				n := int(next.Add(1)) - 1
				if n >= count {
					return
				}
				if err := work(n); err != nil {
					failed.CompareAndSwap(nil, &err)
				}
			}
		}()
	}
	workers.Wait()
	if err := failed.Load(); err != nil {
		return *err
	}
	return ctx.Err()
}
