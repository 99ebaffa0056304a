package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// tick is the unit of /proc/PID/stat on Linux, whatever the kernel's own clock.
const tick = 10 * time.Millisecond

// Fields of /proc/PID/stat after the program's name, which may hold spaces itself.
const (
	statParent  = 1
	statOwnUser = 11 // then: own system, ended children's user, ended children's system
	statCPUEnd  = 15
)

// cpuOf is the CPU time of a process, of its living descendants, and of their ended children.
func cpuOf(pid int) (time.Duration, error) {
	processes := map[int][]int64{}
	files, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		return 0, err
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			continue // it has ended meanwhile
		}
		id, err := strconv.Atoi(filepath.Base(filepath.Dir(file)))
		if err != nil {
			return 0, err
		}
		if processes[id], err = statNumbers(string(text)); err != nil {
			return 0, fmt.Errorf("%s: %w", file, err)
		}
	}
	if _, alive := processes[pid]; !alive {
		return 0, fmt.Errorf("the server with pid %d has ended", pid)
	}
	return cpuOfTree(pid, processes), nil
}

func cpuOfTree(pid int, processes map[int][]int64) time.Duration {
	var total time.Duration
	for _, ticks := range processes[pid][statOwnUser:statCPUEnd] {
		total += time.Duration(ticks) * tick
	}
	for child, numbers := range processes {
		if numbers[statParent] == int64(pid) {
			total += cpuOfTree(child, processes)
		}
	}
	return total
}

// endedChildrenCPU is what processes took that this one has started and seen end.
func endedChildrenCPU() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_CHILDREN, &usage); err != nil {
		panic(err) // both arguments are right
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// statNumbers reads the fields after the name; the first of them, a letter, counts as 0.
func statNumbers(text string) ([]int64, error) {
	fields := strings.Fields(text[strings.LastIndex(text, ")")+1:])
	if len(fields) < statCPUEnd {
		return nil, fmt.Errorf("not the form of a process's numbers: %q", text)
	}
	numbers := make([]int64, len(fields))
	for i, field := range fields[1:statCPUEnd] {
		number, err := strconv.ParseInt(field, 10, 64)
		if err != nil {
			return nil, err
		}
		numbers[i+1] = number
	}
	return numbers, nil
}
