package main

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

const (
	startLimit = 60 * time.Second
	stopLimit  = 15 * time.Second
)

// kind is a registry that can be started.
type kind struct {
	name  string
	start func(folder string) (*server, error)
}

// server is a registry that runs on loopback, with its data in a folder of its own.
type server struct {
	name   string
	pid    int
	client *client
	folder string
	ended  chan struct{}
}

// roadstead starts a checkout's launcher, which the server takes the place of.
func roadstead(name, checkout string, options ...string) kind {
	return kind{name, func(folder string) (*server, error) {
		launcher, err := filepath.Abs(filepath.Join(checkout, "roadstead"))
		if err != nil {
			return nil, err
		}
		words := append([]string{"up", "--port", "0", "--data", filepath.Join(folder, "data")}, options...)
		command := exec.Command(launcher, words...)
		out, err := command.StdoutPipe()
		if err != nil {
			return nil, err
		}
		s, err := launch(name, folder, command)
		if err != nil {
			return nil, err
		}
		ready := make(chan string, 1)
		go func() {
			for lines := bufio.NewScanner(out); lines.Scan(); {
				if url, is := strings.CutPrefix(lines.Text(), "ready "); is {
					ready <- url
				}
			}
			close(ready)
		}()
		select {
		case url := <-ready:
			return s.at(url)
		case <-time.After(startLimit):
			return s.at("")
		}
	}}
}

const distributionSettings = `version: 0.1
log: {level: error, accesslog: {disabled: true}}
storage:
  cache: {blobdescriptor: inmemory}
  filesystem: {rootdirectory: %s}
  delete: {enabled: true}
http: {addr: %s}
`

// distribution starts the CNCF's registry on files, with its cache and without its logs.
func distribution(name, program string) kind {
	return kind{name, func(folder string) (*server, error) {
		address, err := freeAddress()
		if err != nil {
			return nil, err
		}
		settings := filepath.Join(folder, "config.yml")
		text := fmt.Sprintf(distributionSettings, filepath.Join(folder, "data"), address)
		if err := os.WriteFile(settings, []byte(text), 0o600); err != nil {
			return nil, err
		}
		command := exec.Command(program, "serve", settings)
		command.Env = append(os.Environ(), "OTEL_TRACES_EXPORTER=none", "OTEL_METRICS_EXPORTER=none")
		s, err := launch(name, folder, command)
		if err != nil {
			return nil, err
		}
		return s.at("http://" + address)
	}}
}

func freeAddress() (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return listener.Addr().String(), listener.Close()
}

// launch runs a server's program; its words go into a file of its folder.
func launch(name, folder string, command *exec.Cmd) (*server, error) {
	log, err := os.Create(filepath.Join(folder, "log"))
	if err != nil {
		return nil, err
	}
	defer log.Close() // the program has its own handle
	command.Stderr = log
	if command.Stdout == nil {
		command.Stdout = log
	}
	if err := command.Start(); err != nil {
		return nil, err
	}
	s := &server{name: name, pid: command.Process.Pid, folder: folder, ended: make(chan struct{})}
	go func() {
		command.Process.Wait() // not command.Wait, which would close the pipe that is being read
		close(s.ended)
	}()
	return s, nil
}

// at waits until the server answers on a URL; a server that does not is ended.
func (s *server) at(url string) (*server, error) {
	for deadline := time.Now().Add(startLimit); url != "" && time.Now().Before(deadline); {
		if answer, err := http.Get(url + "/v2/"); err == nil {
			answer.Body.Close()
			s.client, err = newClient(url, atOnce*blobsAtOnce)
			return s, err
		}
		select {
		case <-s.ended:
			url = ""
		case <-time.After(50 * time.Millisecond):
		}
	}
	log, _ := os.ReadFile(filepath.Join(s.folder, "log"))
	s.stop()
	return nil, fmt.Errorf("%s does not start; its own words: %s", s.name, quoted(log))
}

// stop ends the process, and only this one.
func (s *server) stop() {
	_ = syscall.Kill(s.pid, syscall.SIGTERM)
	select {
	case <-s.ended:
	case <-time.After(stopLimit):
		_ = syscall.Kill(s.pid, syscall.SIGKILL)
		<-s.ended
	}
}

// withServers starts registries, each on a fresh folder, and ends them and their data afterwards.
func withServers(ctx context.Context, kinds []kind, work func([]*server) error) error {
	folder, err := os.MkdirTemp("", "roadstead-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	var servers []*server
	for n, kind := range kinds {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		own := filepath.Join(folder, fmt.Sprint(n))
		if err := os.Mkdir(own, 0o700); err != nil {
			return err
		}
		s, err := kind.start(own)
		if err != nil {
			return err
		}
		defer s.stop()
		servers = append(servers, s)
	}
	return work(servers)
}
