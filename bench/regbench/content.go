package main

import (
	"bytes"
	"crypto/sha256"
	"encoding"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"io"
	"math/rand"
	"sync"
	"sync/atomic"
	"time"
)

const (
	manifestType = "application/vnd.oci.image.manifest.v1+json"
	configType   = "application/vnd.oci.image.config.v1+json"
	layerType    = "application/vnd.oci.image.layer.v1.tar"
	emptyType    = "application/vnd.oci.empty.v1+json"

	tailBytes = 32
)

// blob is a body made of a shared incompressible prefix and a unique tail, so that thousands of
// distinct large blobs cost the generator neither memory nor hashing.
type blob struct {
	digest    string
	sizeBytes int64
	prefix    []byte
	tail      []byte
}

func (b blob) reader() io.Reader {
	return io.MultiReader(bytes.NewReader(b.prefix), bytes.NewReader(b.tail))
}

// prefix is what all blobs of one size share.
type prefix struct {
	bytes []byte
	state []byte // of SHA-256 after the bytes
}

var (
	unique     atomic.Uint64
	prefixes   = map[int64]prefix{}
	prefixLock sync.Mutex
)

func init() { unique.Store(uint64(time.Now().UnixNano())) }

func prefixOf(sizeBytes int64) prefix {
	prefixLock.Lock()
	defer prefixLock.Unlock()
	if known, ok := prefixes[sizeBytes]; ok {
		return known
	}
	content := make([]byte, max(sizeBytes-tailBytes, 0))
	rand.New(rand.NewSource(sizeBytes)).Read(content)
	hash := sha256.New()
	hash.Write(content)
	state, err := hash.(encoding.BinaryMarshaler).MarshalBinary()
	if err != nil {
		panic(err) // the standard library's SHA-256 always can
	}
	prefixes[sizeBytes] = prefix{content, state}
	return prefixes[sizeBytes]
}

// newBlob makes a blob that no other call has made.
func newBlob(sizeBytes int64) blob {
	shared := prefixOf(sizeBytes)
	var number [tailBytes]byte
	n := unique.Add(1)
	binary.BigEndian.PutUint64(number[:], n)
	binary.BigEndian.PutUint64(number[8:], n*0x9E3779B97F4A7C15)
	tail := number[:sizeBytes-int64(len(shared.bytes))]
	hash := sha256.New()
	if err := hash.(encoding.BinaryUnmarshaler).UnmarshalBinary(shared.state); err != nil {
		panic(err) // it has just been marshalled
	}
	hash.Write(tail)
	return blob{"sha256:" + hex.EncodeToString(hash.Sum(nil)), sizeBytes, shared.bytes, tail}
}

func blobOf(content []byte) blob {
	return blob{digestOf(content), int64(len(content)), content, nil}
}

func digestOf(content []byte) string {
	sum := sha256.Sum256(content)
	return "sha256:" + hex.EncodeToString(sum[:])
}

type descriptor struct {
	MediaType string `json:"mediaType"`
	Digest    string `json:"digest"`
	Size      int64  `json:"size"`
}

type manifest struct {
	SchemaVersion int               `json:"schemaVersion"`
	MediaType     string            `json:"mediaType"`
	ArtifactType  string            `json:"artifactType,omitempty"`
	Config        descriptor        `json:"config"`
	Layers        []descriptor      `json:"layers"`
	Subject       *descriptor       `json:"subject,omitempty"`
	Annotations   map[string]string `json:"annotations,omitempty"`
}

func toJSON(value any) []byte {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err) // only our own plain types come here
	}
	return text
}

// image is what a push sends: blobs, and a manifest that names them.
type image struct {
	digest   string
	manifest []byte
	blobs    []blob // the config first
}

// newImage makes an image that no other call has made, of these layers.
func newImage(layers []blob) image {
	config := blobOf(toJSON(map[string]any{
		"architecture": "amd64", "os": "linux", "author": "regbench",
		"config": map[string]any{"Labels": map[string]uint64{"number": unique.Add(1)}},
		"rootfs": map[string]any{"type": "layers", "diff_ids": []string{}},
	}))
	return imageOf(config, layers)
}

func imageOf(config blob, layers []blob) image {
	return imageFrom(manifest{
		Config:      descriptor{configType, config.digest, config.sizeBytes},
		Annotations: map[string]string{"number": string(toJSON(unique.Add(1)))},
	}, append([]blob{config}, layers...))
}

// imageFrom completes a manifest: the first of the blobs is its config, the others are its layers.
func imageFrom(m manifest, blobs []blob) image {
	m.SchemaVersion, m.MediaType, m.Layers = 2, manifestType, []descriptor{}
	for _, layer := range blobs[1:] {
		m.Layers = append(m.Layers, descriptor{layerType, layer.digest, layer.sizeBytes})
	}
	text := toJSON(m)
	return image{digestOf(text), text, blobs}
}

// empty is the blob that an artifact without a config names.
var empty = blobOf([]byte("{}"))

// newReferrer makes a manifest that names a subject.
func newReferrer(subject image) image {
	return imageFrom(manifest{
		ArtifactType: "application/vnd.regbench.note",
		Config:       descriptor{emptyType, empty.digest, empty.sizeBytes},
		Subject:      &descriptor{manifestType, subject.digest, int64(len(subject.manifest))},
		Annotations:  map[string]string{"number": string(toJSON(unique.Add(1)))},
	}, []blob{empty})
}
