"""A real S3-compatible server for the tests: moto's, as a process of its own."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

import boto3
from waiting import wait_until

BUCKET = "papers"
KEYS = {"AWS_ACCESS_KEY_ID": "tester", "AWS_SECRET_ACCESS_KEY": "not a real one"}


class ObjectStore:
    """The server, to be killed, stopped and started again; it forgets all when it ends."""

    def __init__(self, address: str = "127.0.0.1") -> None:
        self._address = address
        with socket.socket() as free:
            free.bind((address, 0))
            self._port = free.getsockname()[1]
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    @property
    def environment(self) -> Mapping[str, str]:
        """What leads to it, as whoever runs TaxAI sets it."""
        return {
            **KEYS,
            "AWS_ENDPOINT_URL": f"http://{self._address}:{self._port}",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true",
        }

    def start(self) -> None:
        """Start it with an empty bucket."""
        words = [sys.executable, "-m", "moto.server", "-H", self._address, "-p", str(self._port)]
        self._process = subprocess.Popen(
            words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=Path(__file__).parent
        )
        wait_until(self._answers, "the object store answers")
        self.client.create_bucket(Bucket=BUCKET)

    def bring_back(self, objects: Mapping[str, bytes]) -> None:
        """Start it again with what it held, as one does that keeps it on a disk."""
        self.start()
        for name, held in objects.items():
            self.client.put_object(Bucket=BUCKET, Key=name, Body=held)

    def kill(self) -> None:
        """End it, and with it all that it held."""
        if self._process:
            self._process.kill()
            self._process.wait()

    def stop(self) -> None:
        """Let it take connections and answer nobody."""
        assert self._process
        os.kill(self._process.pid, signal.SIGSTOP)

    def go_on(self) -> None:
        """Let it answer again."""
        assert self._process
        os.kill(self._process.pid, signal.SIGCONT)

    @property
    def client(self) -> Any:
        """A client of its own, which is none of ours."""
        told = self.environment
        return boto3.client(
            "s3",
            endpoint_url=told["AWS_ENDPOINT_URL"],
            region_name=told["AWS_DEFAULT_REGION"],
            aws_access_key_id=told["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=told["AWS_SECRET_ACCESS_KEY"],
        )

    def objects(self) -> dict[str, bytes]:
        """All that it holds."""
        s3 = self.client
        found = s3.list_objects_v2(Bucket=BUCKET).get("Contents", [])
        names = [one["Key"] for one in found]
        return {name: s3.get_object(Bucket=BUCKET, Key=name)["Body"].read() for name in names}

    def _answers(self) -> bool:
        with socket.socket() as asking:
            return asking.connect_ex((self._address, self._port)) == 0
