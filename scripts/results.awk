# Reads one TRX file (the test platform's results). Prints "passed failed skipped"; appends each failure to the file
# `failures` and each skipped test with its reason to the file `skips`. Fails where the file is cut short.

function unescaped(text) {
  gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text); gsub(/&quot;/, "\"", text); gsub(/&apos;/, "'", text)
  gsub(/&#x[dD];/, "", text); gsub(/&#x[aA];/, "\n", text); gsub(/&#x9;/, "\t", text)
  gsub(/&amp;/, "\\&", text); gsub(/\r/, "", text)
  return text
}

function attribute(tag, name) {
  if (!match(tag, " " name "=\"[^\"]*\"")) return ""
  return unescaped(substr(tag, RSTART + length(name) + 3, RLENGTH - length(name) - 4))
}

function element(text, name,    from, to) {
  from = index(text, "<" name ">")
  to = index(text, "</" name ">")
  return from && to > from ? unescaped(substr(text, from + length(name) + 2, to - from - length(name) - 2)) : ""
}

function indented(text) {
  gsub(/\n/, "\n    ", text)
  return "    " text
}

BEGIN { RS = "<UnitTestResult "; passed = failed = skipped = whole = 0 }

index($0, "</TestRun>") { whole = 1 }

NR > 1 {
  end = index($0, "</UnitTestResult>")
  body = end ? substr($0, 1, end) : $0
  tag = " " substr(body, 1, index(body, ">"))
  outcome = attribute(tag, "outcome")
  name = attribute(tag, "testName")
  if (outcome == "Passed") passed++
  else if (outcome == "NotExecuted") {
    skipped++
    reason = element(body, "Message")
    print name ": " (reason == "" ? element(body, "StdOut") : reason) >> skips
  } else {
    failed++
    print "FAILED " name >> failures
    print indented(element(body, "Message")) >> failures
    print indented(element(body, "StackTrace")) >> failures
    if ((output = element(body, "StdOut")) != "") print indented("output:\n" substr(output, 1, 4000)) >> failures
    print "" >> failures
  }
}

END { print passed, failed, skipped; exit !whole }
