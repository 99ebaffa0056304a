package main

import (
	"bytes"
	"context"
	"fmt"
	"net/url"
	"strings"
)

// The operations of the distribution specification, as clients do them.

const octets = "application/octet-stream"

// uploadMode is how a blob is sent.
type uploadMode int

const (
	wholePut    uploadMode = iota // POST, then one PUT with all bytes: containerd, oras, newer Docker
	streamPatch                   // POST, one PATCH of unknown length, PUT: docker, podman, crane
)

func (c *client) getManifest(ctx context.Context, repository, reference string) error {
	a, err := c.send(ctx, request{method: "GET", target: manifestPath(repository, reference)}, 200)
	if err == nil && a.sizeBytes == 0 {
		err = fmt.Errorf("an empty manifest: %s", reference)
	}
	return err
}

func (c *client) putManifest(ctx context.Context, repository, reference string, i image) error {
	_, err := c.send(ctx, request{
		method: "PUT", target: manifestPath(repository, reference), contentType: manifestType,
		body: bytes.NewReader(i.manifest), lengthBytes: int64(len(i.manifest)),
	}, 201)
	return err
}

func (c *client) deleteManifest(ctx context.Context, repository, digest string) error {
	_, err := c.send(ctx, request{method: "DELETE", target: manifestPath(repository, digest)}, 202)
	return err
}

func (c *client) deleteBlob(ctx context.Context, repository, digest string) error {
	_, err := c.send(ctx, request{method: "DELETE", target: blobPath(repository, digest)}, 202)
	return err
}

func (c *client) getBlob(ctx context.Context, repository string, b blob) error {
	a, err := c.send(ctx, request{method: "GET", target: blobPath(repository, b.digest), drop: true}, 200)
	if err == nil && a.sizeBytes != b.sizeBytes {
		err = fmt.Errorf("a blob of %d bytes came with %d", b.sizeBytes, a.sizeBytes)
	}
	return err
}

func (c *client) hasBlob(ctx context.Context, repository string, b blob) (bool, error) {
	a, err := c.send(ctx, request{method: "HEAD", target: blobPath(repository, b.digest)}, 200, 404)
	return a.status == 200, err
}

func (c *client) pushBlob(ctx context.Context, repository string, b blob, mode uploadMode) error {
	a, err := c.send(ctx, request{method: "POST", target: uploadsPath(repository)}, 202)
	if err != nil {
		return err
	}
	finish := request{method: "PUT", contentType: octets}
	switch mode {
	case wholePut:
		finish.body, finish.lengthBytes = b.reader(), b.sizeBytes
	case streamPatch:
		a, err = c.send(ctx, request{
			method: "PATCH", target: a.header.Get("Location"), contentType: octets,
			body: b.reader(), lengthBytes: -1,
		}, 202)
		if err != nil {
			return err
		}
	}
	finish.target = withDigest(a.header.Get("Location"), b.digest)
	_, err = c.send(ctx, finish, 201)
	return err
}

func withDigest(location, digest string) string {
	separator := "?"
	if strings.Contains(location, "?") {
		separator = "&"
	}
	return location + separator + "digest=" + url.QueryEscape(digest)
}

func (c *client) mount(ctx context.Context, repository, from string, b blob) error {
	query := "?mount=" + url.QueryEscape(b.digest) + "&from=" + url.QueryEscape(from)
	_, err := c.send(ctx, request{method: "POST", target: uploadsPath(repository) + query}, 201)
	return err
}

// pushImage does what docker does: asks for each blob, sends it if it is missing, some at once, and
// puts the manifest.
func (c *client) pushImage(ctx context.Context, repository, tag string, i image) error {
	err := each(ctx, blobsAtOnce, len(i.blobs), func(n int) error {
		has, err := c.hasBlob(ctx, repository, i.blobs[n])
		if err != nil || has {
			return err
		}
		return c.pushBlob(ctx, repository, i.blobs[n], wholePut)
	})
	if err != nil {
		return err
	}
	return c.putManifest(ctx, repository, tag, i)
}

func (c *client) pullImage(ctx context.Context, repository, tag string, i image) error {
	if err := c.getManifest(ctx, repository, tag); err != nil {
		return err
	}
	return each(ctx, blobsAtOnce, len(i.blobs), func(n int) error {
		return c.getBlob(ctx, repository, i.blobs[n])
	})
}

// list reads one page of a listing.
func (c *client) list(ctx context.Context, target string) error {
	_, err := c.send(ctx, request{method: "GET", target: target}, 200)
	return err
}

func manifestPath(repository, reference string) string {
	return "/v2/" + repository + "/manifests/" + reference
}

func blobPath(repository, digest string) string { return "/v2/" + repository + "/blobs/" + digest }

func uploadsPath(repository string) string { return "/v2/" + repository + "/blobs/uploads/" }

func tagsPath(repository string, limit int) string {
	return fmt.Sprintf("/v2/%s/tags/list?n=%d", repository, limit)
}

func catalogPath(limit int) string { return fmt.Sprintf("/v2/_catalog?n=%d", limit) }

func referrersPath(repository, digest string) string {
	return "/v2/" + repository + "/referrers/" + digest
}
