"""DynamoDB's API for tests: moto's server, put right where it is known to differ from DynamoDB.

    .tools/moto/bin/python localstack/tools/dynamodb.py PORT

Listens on 127.0.0.1 and keeps everything in memory. Put right:
- requests run one at a time: moto's transactions and snapshots are not atomic between threads;
- a transaction that comes again with its token is answered, and not made again;
- TransactGetItems takes 100 items, not 25; an item holds 409,600 bytes, not 405,000;
- values of different types can be compared, and no comparison but <> holds of them.
"""

import io
import json
import sys
import threading

from moto.dynamodb import comparisons, responses
from moto.dynamodb.models import dynamo_type
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, run_simple

MAX_ITEM_BYTES = 409_600
MAX_TRANSACTION_ITEMS = 100
TRANSACT = "DynamoDB_20120810.TransactWriteItems"


def hold_items_of_full_size():
    def store(self, key, value):
        size = lambda part: part.size() if hasattr(part, "size") else len(str(part).encode())
        if sum(map(size, [*self.keys(), *self.values(), key, value])) > MAX_ITEM_BYTES:
            raise dynamo_type.ItemSizeTooLarge
        dict.__setitem__(self, key, value)

    dynamo_type.LimitedSizeDict.__setitem__ = store


def compare_any_types():
    for operator in (
        comparisons.OpLessThan,
        comparisons.OpGreaterThan,
        comparisons.OpLessThanOrEqual,
        comparisons.OpGreaterThanOrEqual,
    ):
        compare = operator.expr

        def guarded(self, item, compare=compare):
            try:
                return compare(self, item)
            except TypeError:
                return False

        operator.expr = guarded


class OneAtATime:
    def __init__(self, application):
        self.application = application
        self.lock = threading.Lock()
        self.transactions = {}

    def __call__(self, environ, start_response):
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(body)
        with self.lock:
            return self.answer(environ, body, start_response)

    def answer(self, environ, body, start_response):
        if environ.get("HTTP_X_AMZ_TARGET") != TRANSACT:
            return list(self.application(environ, start_response))
        token = json.loads(body).get("ClientRequestToken")
        if token in self.transactions:
            start_response(*self.transactions[token][0])
            return self.transactions[token][1]
        head = []

        def started(status, headers, *rest):
            head[:] = [status, headers]
            return start_response(status, headers, *rest)

        answer = list(self.application(environ, started))
        if token and head[0].startswith("200"):
            self.transactions[token] = (head, answer)
        return answer


class Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"  # keeps connections, as DynamoDB does

    def log_request(self, *arguments):
        pass


if __name__ == "__main__":
    responses.TRANSACTION_MAX_ITEMS = MAX_TRANSACTION_ITEMS
    hold_items_of_full_size()
    compare_any_types()
    application = OneAtATime(DomainDispatcherApplication(create_backend_app))
    run_simple("127.0.0.1", int(sys.argv[1]), application, threaded=True, request_handler=Quiet)
