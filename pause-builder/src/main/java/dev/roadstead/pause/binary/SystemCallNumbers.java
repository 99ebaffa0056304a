package dev.roadstead.pause.binary;

/** What each system call is called on one architecture (the kernel's {@code unistd.h}). */
record SystemCallNumbers(
    int write, int rtSigprocmask, int rtSigtimedwait, int wait4, int getpid, int exitGroup) {

  /** The numbers of architectures younger than the kernel's {@code asm-generic/unistd.h}. */
  static final SystemCallNumbers GENERIC = new SystemCallNumbers(64, 135, 137, 260, 172, 94);

  int of(SystemCall call) {
    return switch (call) {
      case WRITE -> write;
      case RT_SIGPROCMASK -> rtSigprocmask;
      case RT_SIGTIMEDWAIT -> rtSigtimedwait;
      case WAIT4 -> wait4;
      case GETPID -> getpid;
      case EXIT_GROUP -> exitGroup;
    };
  }
}
