# Length of files and functions. A file has at most 400 lines, 95 % of Swift files at most 250; a function
# has at most 60 lines, 95 % at most 30. Only a function whose doc comment says `kernel:` and why may be longer.
#
# The layout is the formatter's, so a function ends at the first `}` with the indentation of its first line.

function report(line, what) { printf "%s:%d: %s\n", name, line, what }

function indentation(text) { match(text, /^ */); return RLENGTH }

function close_file() {
  if (!name) return
  if (lines > 400) report(401, "a file of " lines " lines, expected at most 400")
  if (name ~ /\.swift$/) fileLengths[++fileCount] = lines
  depth = 0
}

# Counts the innermost open function, which ends at `line`.
function close_function(line,   length_) {
  length_ = line - opened[depth] + 1
  functionLengths[++functionCount] = length_
  if (length_ > 60 && !excused[depth])
    report(opened[depth], "a function of " length_ " lines, expected at most 60 or a doc comment with \"kernel:\" and the reason")
  depth--
}

function open_function() {
  depth++
  opened[depth] = FNR
  indent[depth] = here
  excused[depth] = kernel
  body[depth] = ($0 ~ /\{/)
}

# The smallest length that at least 95 % of the values do not exceed.
function percentile95(values, count,   seen, length_) {
  for (length_ in tally) delete tally[length_]
  for (seen = 1; seen <= count; seen++) tally[values[seen]]++
  seen = 0
  for (length_ = 0; seen < 0.95 * count; length_++) seen += tally[length_]
  return length_ - 1
}

FNR == 1 { close_file(); name = FILENAME; kernel = 0 }
{ lines = FNR }
name !~ /\.swift$/ || /^[ ]*$/ { next }

{
  here = indentation($0)
  text = substr($0, here + 1)
  while (depth && here <= indent[depth]) {
    if (here == indent[depth] && text ~ /^(\)|where |->|\{)/) {
      if (text ~ /\{/) body[depth] = 1
      break
    }
    if (here == indent[depth] && text ~ /^\}/) { close_function(FNR); break }
    if (body[depth]) functionLengths[++functionCount] = 1
    depth--
  }
}

text ~ /^\/\/\// { if (text ~ /kernel:/) kernel = 1; next }
text ~ /^@[A-Za-z]+(\(.*\))?$/ { next }
text ~ /^(@[A-Za-z]+(\([^)]*\))? )*([a-z]+(\([a-z]+\))? )*(func |init[?<(]|deinit|subscript[<(])/ { open_function() }
text ~ /^(@[A-Za-z]+(\([^)]*\))? )*([a-z]+(\([a-z]+\))? )*(var|let) .*\{$/ { open_function() }
{ kernel = 0 }

END {
  close_file()
  name = "Sources"
  if (fileCount >= 20 && (found = percentile95(fileLengths, fileCount)) > 250)
    report(1, "95 % of files have up to " found " lines, expected at most 250")
  if (functionCount >= 20 && (found = percentile95(functionLengths, functionCount)) > 30)
    report(1, "95 % of functions have up to " found " lines, expected at most 30")
}
