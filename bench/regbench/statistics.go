package main

import (
	"math"
	"slices"
	"time"
)

// percentile of latencies in milliseconds: the smallest that this part of them does not exceed.
func percentile(latencies []time.Duration, part float64) float64 {
	if len(latencies) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(latencies))
	at := int(math.Ceil(part*float64(len(sorted)))) - 1
	return milliseconds(sorted[max(at, 0)])
}

// middle is the median; of an even number of values the mean of the two in the middle.
func middle(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	half := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[half]
	}
	return (sorted[half-1] + sorted[half]) / 2
}
