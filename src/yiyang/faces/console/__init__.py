"""Commands of `yiyang`, one module each: parse, call one service, print, exit code."""
