// Regbench measures registries side by side on loopback: what an operation costs the server in CPU
// time, and how long the client waits. It starts the registries itself, each on a folder of its own,
// and ends them.
//
//	regbench compare   our registry and the CNCF's, operation by operation
//	regbench growth    what an operation costs as a registry fills
//	regbench collect   what giving space back costs, and what pushes notice of it
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"regexp"
	"syscall"
)

// What is promised of the median of three sessions. One short session on a machine that does other
// work beside scatters twofold, and is held to twice as much.
const (
	maxRatio         = 1.2
	maxMean          = 0.5
	scatterOfOneDraw = 2
)

const (
	ours = "roadstead"
	peer = "distribution 3.1"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	commands := map[string]func(context.Context, []string) error{"compare": compare, "growth": growth, "collect": collect}
	if len(os.Args) < 2 || commands[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "usage: regbench compare|growth|collect [flags]; -h lists them")
		os.Exit(2)
	}
	if err := commands[os.Args[1]](ctx, os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, "regbench:", err)
		os.Exit(1)
	}
}

// checkout is the -checkout flag: which Roadstead is measured.
func checkout(flags *flag.FlagSet) *string {
	return flags.String("checkout", ".", "folder with the Roadstead that is measured")
}

func compare(ctx context.Context, arguments []string) error {
	flags := flag.NewFlagSet("compare", flag.ExitOnError)
	own := checkout(flags)
	before := flags.String("before", "", "folder with another checkout; compares with it, and with nothing else")
	sessions := flags.Int("sessions", fullPlan.sessions, "how often all is measured on fresh servers")
	quick := flags.Bool("quick", false, "one short session, held to laxer limits")
	rowNames := flags.String("rows", "", "only rows that this regular expression finds")
	output := flags.String("output", "table", "table, or json")
	_ = flags.Parse(arguments)
	p := fullPlan
	p.sessions = *sessions
	if *quick {
		p = quickPlan
	}
	var err error
	if p.rows, err = regexp.Compile(*rowNames); err != nil || p.sessions < 1 {
		return errors.Join(err, errors.New("-sessions is 1 or more, -rows a regular expression"))
	}
	kinds := []kind{roadstead(ours, *own)}
	if *before != "" {
		kinds = append(kinds, roadstead("before", *before))
	} else if kinds, err = withPeers(kinds); err != nil {
		return err
	}
	var all [][]line
	for n := range p.sessions {
		fmt.Fprintf(os.Stderr, "session %d of %d\n", n+1, p.sessions)
		lines, err := compareIn(ctx, p, kinds, os.Stderr)
		if err != nil {
			return err
		}
		all = append(all, lines)
	}
	return report(kinds, all, *output, *quick)
}

// withPeers adds the distribution registries: the one that promises are about, and Debian's older
// one where it is installed.
func withPeers(kinds []kind) ([]kind, error) {
	program, err := exec.LookPath("registry")
	if err != nil {
		return nil, fmt.Errorf("%s is missing; localstack/tools/install gets it: %w", peer, err)
	}
	kinds = append(kinds, distribution(peer, program))
	if older, err := exec.LookPath("docker-registry"); err == nil {
		kinds = append(kinds, distribution("distribution 2.8", older))
	}
	return kinds, nil
}

func report(kinds []kind, sessions [][]line, output string, quick bool) error {
	lines := median(sessions)
	if output == "json" {
		text, err := json.MarshalIndent(map[string]any{"median": lines, "sessions": sessions}, "", "  ")
		if err != nil {
			return err
		}
		fmt.Println(string(text))
	} else {
		var names []string
		for _, k := range kinds {
			names = append(names, k.name)
		}
		printComparison(os.Stdout, names, lines)
	}
	slack := 1.0
	if quick {
		slack = scatterOfOneDraw
	}
	return judge(lines, slack)
}

// judge says which promise is broken, if any.
func judge(lines []line, slack float64) error {
	var broken []error
	for _, l := range lines {
		if ratio, both := l.ratio(ours, peer); both && ratio > slack*maxRatio {
			broken = append(broken, fmt.Errorf("%s costs %.2f of %s, more than %.2f", l.Row, ratio, peer, slack*maxRatio))
		}
	}
	if mean := geometricMean(lines, ours, peer); mean > slack*maxMean {
		broken = append(broken, fmt.Errorf("the geometric mean is %.2f of %s, more than %.2f", mean, peer, slack*maxMean))
	}
	return errors.Join(broken...)
}
