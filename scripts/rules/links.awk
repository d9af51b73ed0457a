# A relative link of a page leads to a file or folder that is there.

FNR == 1 { folder = FILENAME; if (!sub(/[^\/]*$/, "", folder)) folder = ""; code = 0 }
/^```/ { code = !code }
!code {
  rest = $0
  while (match(rest, /\]\([^) ]+\)/)) {
    target = substr(rest, RSTART + 2, RLENGTH - 3)
    rest = substr(rest, RSTART + RLENGTH)
    if (target ~ /^(https?:|mailto:|#)/) continue
    sub(/#.*$/, "", target)
    gsub(/'/, "'\\''", target)
    if (system("test -e '" folder target "'") != 0)
      printf "%s:%d: a link to %s, expected a file that exists\n", FILENAME, FNR, target
  }
}
