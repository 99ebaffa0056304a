package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

const (
	requestLimit   = 60 * time.Second
	maxAnswerBytes = 64 << 20
	maxQuotedBytes = 160
)

var errNotLoopback = errors.New("only loopback addresses are measured")

// client speaks to one registry. It dials loopback addresses and nothing else.
type client struct {
	base *url.URL
	http *http.Client
}

func newClient(base string, connections int) (*client, error) {
	address, err := url.Parse(base)
	if err != nil {
		return nil, err
	}
	if address.Scheme != "http" || address.Host == "" {
		return nil, fmt.Errorf("a registry is named by a URL such as http://127.0.0.1:5000, not %q", base)
	}
	transport := &http.Transport{
		DialContext:         dialLoopback,
		MaxIdleConnsPerHost: connections,
		DisableCompression:  true,
		WriteBufferSize:     64 << 10,
		ReadBufferSize:      64 << 10,
	}
	return &client{address, &http.Client{Transport: transport, Timeout: requestLimit}}, nil
}

func dialLoopback(ctx context.Context, network, address string) (net.Conn, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	if ip := net.ParseIP(host); ip == nil || !ip.IsLoopback() {
		return nil, fmt.Errorf("%w, not %s", errNotLoopback, address)
	}
	return (&net.Dialer{Timeout: 5 * time.Second}).DialContext(ctx, network, address)
}

// request is one request; its body may be nil. A lengthBytes of -1 sends it in chunks of unknown
// number.
type request struct {
	method, target string
	contentType    string
	authorization  string
	body           io.Reader
	lengthBytes    int64
	drop           bool // the answer's body is counted and not kept
}

type answer struct {
	status    int
	header    http.Header
	body      []byte
	sizeBytes int64
}

var dropBuffers = sync.Pool{New: func() any { b := make([]byte, 256<<10); return &b }}

// send sends a request, and refuses an answer with another status than these.
func (c *client) send(ctx context.Context, r request, statuses ...int) (answer, error) {
	target, err := c.base.Parse(r.target)
	if err != nil {
		return answer{}, err
	}
	message, err := http.NewRequestWithContext(ctx, r.method, target.String(), r.body)
	if err != nil {
		return answer{}, err
	}
	if r.body != nil {
		message.ContentLength = r.lengthBytes
	}
	if r.contentType != "" {
		message.Header.Set("Content-Type", r.contentType)
	}
	if r.authorization != "" {
		message.Header.Set("Authorization", r.authorization)
	}
	message.Header.Set("Accept", manifestType+", */*")
	got, err := c.http.Do(message)
	if err != nil {
		return answer{}, err
	}
	defer got.Body.Close()
	a := answer{status: got.StatusCode, header: got.Header}
	if r.drop {
		buffer := dropBuffers.Get().(*[]byte)
		// The wrapper hides io.Discard's own, smaller buffers.
		a.sizeBytes, err = io.CopyBuffer(struct{ io.Writer }{io.Discard}, got.Body, *buffer)
		dropBuffers.Put(buffer)
	} else {
		a.body, err = io.ReadAll(io.LimitReader(got.Body, maxAnswerBytes))
		a.sizeBytes = int64(len(a.body))
	}
	if err != nil {
		return answer{}, err
	}
	for _, status := range statuses {
		if a.status == status {
			return a, nil
		}
	}
	return answer{}, fmt.Errorf("%s %s: status %d: %s", r.method, target.Path, a.status, quoted(a.body))
}

func quoted(body []byte) string {
	text := strings.ReplaceAll(string(bytes.TrimSpace(body)), "\n", " ")
	return text[:min(len(text), maxQuotedBytes)]
}
