package main

import (
	"context"
	"errors"
	"fmt"
)

const (
	kib = 1 << 10
	mib = 1 << 20

	unlimited = 1 << 30 // operations; the time ends the measurement
	rotation  = 20      // images or blobs that reads take turns with
	listed    = 100     // entries of a page
)

// errNotOffered says that a registry does not have an operation.
var errNotOffered = errors.New("this registry does not offer it")

// row is a line of the table.
type row struct {
	name string
	// What zot needs of the CPU, the fastest registry known, measured on the machine the goals were
	// set on.
	zotCPUMs float64
	// At most so many operations a measurement, where they move many bytes.
	operations int
	// Puts what the operation needs into a repository.
	prepare func(ctx context.Context, c *client, repository string) (operation, error)
}

var rows = []row{
	{"manifest GET by tag", 0.14, unlimited, manifestGets(tagOf)},
	{"manifest GET by digest", 0.15, unlimited, manifestGets(func(_ int, i image) string { return i.digest })},
	{"blob HEAD", 0.09, unlimited, blobHeads},
	{"blob GET 4 KB", 0.10, unlimited, blobGets(4 * kib)},
	{"blob GET 10 MB", 3.7, 300, blobGets(10 * mib)},
	{"blob GET 100 MB", 33, 24, blobGets(100 * mib)},
	{"catalog, 20 repositories", 0.5, unlimited, catalogs}, // before mounts make more of them
	{"push 4 KB", 0.9, unlimited, blobPushes(4*kib, wholePut)},
	{"push 10 MB, one PUT", 18, 60, blobPushes(10*mib, wholePut)},
	{"push 10 MB, one PATCH", 18, 60, blobPushes(10*mib, streamPatch)},
	{"mount", 0.13, unlimited, mounts},
	{"manifest PUT, new tag", 10.8, unlimited, manifestPuts},
	{"image push", 14, unlimited, imagePushes},
	{"image pull", 1.5, unlimited, imagePulls},
	{"referrers, 10 of them", 0.35, unlimited, referrerLists},
}

// layersOf makes the layers of a small image.
func layersOf() []blob { return []blob{newBlob(64 * kib), newBlob(64 * kib), newBlob(64 * kib)} }

func tagOf(n int, _ image) string { return fmt.Sprintf("t%06d", n) }

func pushImages(ctx context.Context, c *client, repository string) ([]image, error) {
	images := make([]image, rotation)
	err := each(ctx, atOnce, rotation, func(n int) error {
		images[n] = newImage(layersOf())
		return c.pushImage(ctx, repository, tagOf(n, images[n]), images[n])
	})
	return images, err
}

func pushBlobs(ctx context.Context, c *client, repository string, sizeBytes int64, count int) ([]blob, error) {
	blobs := make([]blob, count)
	err := each(ctx, atOnce, count, func(n int) error {
		blobs[n] = newBlob(sizeBytes)
		return c.pushBlob(ctx, repository, blobs[n], wholePut)
	})
	return blobs, err
}

func manifestGets(reference func(int, image) string) func(context.Context, *client, string) (operation, error) {
	return func(ctx context.Context, c *client, repository string) (operation, error) {
		images, err := pushImages(ctx, c, repository)
		return func(ctx context.Context, n int) error {
			at := n % rotation
			return c.getManifest(ctx, repository, reference(at, images[at]))
		}, err
	}
}

func blobHeads(ctx context.Context, c *client, repository string) (operation, error) {
	blobs, err := pushBlobs(ctx, c, repository, 4*kib, rotation)
	return func(ctx context.Context, n int) error {
		has, err := c.hasBlob(ctx, repository, blobs[n%rotation])
		if err == nil && !has {
			err = errors.New("a blob that was pushed is not there")
		}
		return err
	}, err
}

func blobGets(sizeBytes int64) func(context.Context, *client, string) (operation, error) {
	return func(ctx context.Context, c *client, repository string) (operation, error) {
		count := rotation
		if sizeBytes > mib {
			count = 4
		}
		blobs, err := pushBlobs(ctx, c, repository, sizeBytes, count)
		return func(ctx context.Context, n int) error {
			return c.getBlob(ctx, repository, blobs[n%count])
		}, err
	}
}

func blobPushes(sizeBytes int64, mode uploadMode) func(context.Context, *client, string) (operation, error) {
	return func(_ context.Context, c *client, repository string) (operation, error) {
		return func(ctx context.Context, n int) error {
			return c.pushBlob(ctx, repository, newBlob(sizeBytes), mode)
		}, nil
	}
}

// mounts links each blob into one repository after the other, so that none has it yet.
func mounts(ctx context.Context, c *client, repository string) (operation, error) {
	const count = 100
	blobs, err := pushBlobs(ctx, c, repository, 4*kib, count)
	return func(ctx context.Context, n int) error {
		return c.mount(ctx, fmt.Sprintf("%s-to/%06d", repository, n/count), repository, blobs[n%count])
	}, err
}

func manifestPuts(ctx context.Context, c *client, repository string) (operation, error) {
	base := newImage(layersOf())
	err := c.pushImage(ctx, repository, "base", base)
	return func(ctx context.Context, n int) error {
		next := imageOf(base.blobs[0], base.blobs[1:])
		return c.putManifest(ctx, repository, tagOf(n, next), next)
	}, err
}

func imagePushes(_ context.Context, c *client, repository string) (operation, error) {
	return func(ctx context.Context, n int) error {
		next := newImage(layersOf())
		return c.pushImage(ctx, repository, tagOf(n, next), next)
	}, nil
}

func imagePulls(ctx context.Context, c *client, repository string) (operation, error) {
	images, err := pushImages(ctx, c, repository)
	return func(ctx context.Context, n int) error {
		at := n % rotation
		return c.pullImage(ctx, repository, tagOf(at, images[at]), images[at])
	}, err
}

func referrerLists(ctx context.Context, c *client, repository string) (operation, error) {
	return referrersOf(ctx, c, repository, 10)
}

// referrersOf gives a manifest so many referrers, and lists them; not on a registry from before
// they were specified.
func referrersOf(ctx context.Context, c *client, repository string, count int) (operation, error) {
	subject := newImage([]blob{newBlob(4 * kib)})
	if err := c.pushImage(ctx, repository, "subject", subject); err != nil {
		return nil, err
	}
	target := referrersPath(repository, subject.digest)
	a, err := c.send(ctx, request{method: "GET", target: target}, 200, 404)
	if err != nil {
		return nil, err
	}
	if a.status == 404 {
		return nil, errNotOffered
	}
	if err := c.pushBlob(ctx, repository, empty, wholePut); err != nil {
		return nil, err
	}
	err = each(ctx, 2*atOnce, count, func(int) error {
		next := newReferrer(subject)
		return c.putManifest(ctx, repository, next.digest, next)
	})
	return func(ctx context.Context, _ int) error { return c.list(ctx, target) }, err
}

func catalogs(ctx context.Context, c *client, repository string) (operation, error) {
	err := each(ctx, atOnce, rotation, func(n int) error {
		next := newImage([]blob{newBlob(4 * kib)})
		return c.pushImage(ctx, fmt.Sprintf("%s/%02d", repository, n), "1", next)
	})
	return func(ctx context.Context, _ int) error { return c.list(ctx, catalogPath(listed)) }, err
}
