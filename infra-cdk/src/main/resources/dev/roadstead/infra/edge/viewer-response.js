// Runs at the edge after the object store has taken a blob: clients expect 201, where the blob is, and its digest. Nothing else
// that the store says of the object reaches a client. CloudFront does not run this for answers of 400 and above.
async function handler(event) {
  const request = event.request;
  const response = event.response;
  const put = /^\/in\/[0-9a-f]{32}\/([0-9a-f]{64})\/[^/]+$/.exec(request.uri);
  if (request.method !== 'PUT' || !put || response.statusCode !== 200) return response;
  const digest = 'sha256:' + put[1];
  const name = request.headers['x-amz-meta-repository'].value;
  return {
    statusCode: 201,
    statusDescription: 'Created',
    headers: {
      location: { value: '/v2/' + name + '/blobs/' + digest },
      'docker-content-digest': { value: digest },
      'content-length': { value: '0' }
    }
  };
}
