package dev.roadstead.pause.binary;

/** The places in the program that instructions speak of: first those of code, then of data. */
enum Label {
  NEXT_ARGUMENT,
  DASH,
  DASH_V,
  PRINT_VERSION,
  RUN,
  BLOCK_SIGNALS,
  REAP,
  WAIT,
  TERMINATED,
  INTERRUPTED,
  EXIT_IN_PEACE,
  SIGNAL_SET,
  VERSION_LINE,
  NOT_FIRST_LINE,
  TERMINATED_LINE,
  INTERRUPTED_LINE
}
