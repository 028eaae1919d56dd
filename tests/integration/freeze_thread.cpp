// freeze_thread PID: stops the main thread of a process, and only that one, until standard input ends.
//
// Tests use it to hold the controller's main thread without a hook in the product. Prints "frozen" once the thread stands still.

#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

int main(int argc, char** argv) {
  const pid_t pid = argc == 2 ? static_cast<pid_t>(std::strtol(argv[1], nullptr, 10)) : 0;
  if (pid <= 0) {
    std::fputs("usage: freeze_thread PID\n", stderr);
    return 2;
  }
  if (ptrace(PTRACE_SEIZE, pid, nullptr, nullptr) != 0 || ptrace(PTRACE_INTERRUPT, pid, nullptr, nullptr) != 0) {
    std::fprintf(stderr, "freeze_thread: cannot trace %d: %s\n", pid, std::strerror(errno));
    return 1;
  }
  int status = 0;
  if (waitpid(pid, &status, __WALL) != pid || !WIFSTOPPED(status)) {
    std::fprintf(stderr, "freeze_thread: thread %d did not stop\n", pid);
    return 1;
  }
  std::puts("frozen");
  std::fflush(stdout);
  char byte = 0;
  while (read(STDIN_FILENO, &byte, 1) > 0) {
  }
  return ptrace(PTRACE_DETACH, pid, nullptr, nullptr) == 0 ? 0 : 1;
}
