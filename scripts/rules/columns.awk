# Every column of a seed file is explained in seeds/README.md, which is read first.

FILENAME ~ /README\.md$/ {
  rest = $0
  while (match(rest, /`[a-z0-9_]+`/)) {
    explained[substr(rest, RSTART + 1, RLENGTH - 2)] = 1
    rest = substr(rest, RSTART + RLENGTH)
  }
  next
}
FNR == 1 {
  count = split($0, column, ",")
  for (i = 1; i <= count; i++)
    if (!(column[i] in explained))
      printf "%s:1: column %s, expected a line about it in seeds/README.md\n", FILENAME, column[i]
}
