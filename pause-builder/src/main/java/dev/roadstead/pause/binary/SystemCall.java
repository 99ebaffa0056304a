package dev.roadstead.pause.binary;

/** The Linux system calls that the program makes; it needs no other, and no C library. */
enum SystemCall {
  WRITE,
  RT_SIGPROCMASK,
  RT_SIGTIMEDWAIT,
  WAIT4,
  GETPID,
  EXIT_GROUP
}
