"""A headless Chromium, driven over its DevTools pipe with nothing but the standard library."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

#: where a browser may be found
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
#: paints what a text fragment selects, so that a screenshot tells where that is
PAINT = "::target-text { background: rgb(255, 0, 0); color: rgb(255, 0, 0); }"
_RED = """
(async () => {
  const image = new Image(); image.src = 'data:image/png;base64,' + %s; await image.decode();
  const canvas = document.createElement('canvas'); canvas.width = image.width; canvas.height = image.height;
  const context = canvas.getContext('2d'); context.drawImage(image, 0, 0);
  const pixels = context.getImageData(0, 0, image.width, image.height).data;
  let box = null;
  for (let at = 0; at < pixels.length; at += 4) {
    if (pixels[at] < 250 || pixels[at + 1] > 5 || pixels[at + 2] > 5) continue;
    const x = (at / 4) %% image.width, y = Math.floor(at / 4 / image.width);
    box = box ? [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x + 1), Math.max(box[3], y + 1)]
              : [x, y, x + 1, y + 1];
  }
  return box;
})()
"""


class Browser:
    """One page of a browser; a context manager."""

    def __init__(self, profile: Path) -> None:
        assert CHROMIUM
        to_browser, self._write = os.pipe()
        self._read, from_browser = os.pipe()
        options = ["--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", "--hide-scrollbars"]
        options += [f"--user-data-dir={profile}", "--no-first-run", "--disable-background-networking", "--disable-sync"]
        shell = f'exec 3<&{to_browser} 4>&{from_browser}; exec "$0" "$@"'
        self._process = subprocess.Popen(
            ["bash", "-c", shell, CHROMIUM, *options, "about:blank"],
            pass_fds=[to_browser, from_browser],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_browser)
        os.close(from_browser)
        self._number, self._buffer, self._session = 0, b"", None
        page = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=page, flatten=True)["sessionId"]
        size = {"width": 900, "height": 1400, "deviceScaleFactor": 1, "mobile": False}
        self.call("Emulation.setDeviceMetricsOverride", **size)
        self.call("Page.enable")

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """The result of one command of the DevTools protocol."""
        self._number += 1
        order: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            order["sessionId"] = self._session
        os.write(self._write, json.dumps(order).encode() + b"\0")
        for message in self._messages():
            if message.get("id") == self._number:
                assert "error" not in message, message
                result: dict[str, Any] = message["result"]
                return result
        raise AssertionError("the browser has gone")

    def _messages(self) -> Iterator[dict[str, Any]]:
        while True:
            while b"\0" not in self._buffer:
                piece = os.read(self._read, 1 << 20)
                if not piece:
                    return
                self._buffer += piece
            message, _, self._buffer = self._buffer.partition(b"\0")
            yield json.loads(message)

    def value(self, script: str) -> Any:
        """What a script gives, once its promise is kept."""
        found = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    def open(self, address: str) -> None:
        """Opens an address as if it had been typed, and waits until the page is there and lies still."""
        self.call("Page.navigate", url="about:blank")
        self.call("Page.navigate", url=address, transitionType="typed")
        before = None
        for _ in range(100):
            now = self.value("[document.readyState, location.pathname, scrollY]")
            if now == before and now[0] == "complete" and now[1] != "blank":
                return
            before = now
            time.sleep(0.05)
        raise AssertionError("the page does not come to rest")

    def red(self) -> list[float] | None:
        """The box (left, top, right, bottom) of what is painted red on the screen; None where nothing is."""
        shot = self.call("Page.captureScreenshot", format="png")["data"]
        found: list[float] | None = self.value(_RED % json.dumps(shot))
        return found

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._session = None
        with contextlib.suppress(AssertionError, OSError):
            self.call("Browser.close")
        self._process.kill()
        self._process.wait()
        os.close(self._write)
        os.close(self._read)
