/* Does what servers do: threads, child processes, sockets. Prints `ok`. */

#include <assert.h>
#include <pthread.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static void *thread(void *count) {
  __atomic_add_fetch((int *)count, 1, __ATOMIC_SEQ_CST);
  return NULL;
}

int main(void) {
  int count = 0, status = 0, pair[2];
  pthread_t threads[8];
  for (int at = 0; at < 8; at++) assert(pthread_create(&threads[at], NULL, thread, &count) == 0);
  for (int at = 0; at < 8; at++) pthread_join(threads[at], NULL);
  assert(count == 8);

  pid_t child = fork();
  if (child == 0) _exit(7);
  waitpid(child, &status, 0);
  assert(WEXITSTATUS(status) == 7);

  char *argv[] = {"true", NULL};
  assert(posix_spawnp(&child, "true", NULL, NULL, argv, environ) == 0);
  waitpid(child, &status, 0);
  assert(status == 0);

  assert(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
  int poll = epoll_create1(0);
  struct epoll_event event = {.events = EPOLLIN};
  assert(epoll_ctl(poll, EPOLL_CTL_ADD, pair[1], &event) == 0);
  assert(write(pair[0], "x", 1) == 1);
  assert(epoll_wait(poll, &event, 1, 10000) == 1);
  puts("ok");
  return 0;
}
