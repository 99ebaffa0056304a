/* The same program in C, for the table of sizes in docs/pause.md; the image is not made of it. */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv) {
  for (int i = 1; i < argc; i++) {
    if (strcasecmp(argv[i], "-v") == 0) {
      puts("pause v3.10.2");
      return 0;
    }
  }
  if (getpid() != 1) {
    fputs("Warning: pause should be the first process\n", stderr);
  }

  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGCHLD);
  if (sigprocmask(SIG_BLOCK, &signals, NULL) != 0) {
    return 1;
  }
  for (;;) {
    while (waitpid(-1, NULL, WNOHANG) > 0) {
    }
    int signal = sigwaitinfo(&signals, NULL);
    if (signal == SIGTERM || signal == SIGINT) {
      psignal(signal, "Shutting down, got signal");
      return 0;
    }
    if (signal < 0 && errno != EINTR) {
      return 42;
    }
  }
}
