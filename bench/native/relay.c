/*
 * relay: the smallest honest RTP relay, to measure allo's against. One thread, epoll, one UDP port per leg.
 *
 *   relay CALLS [FIRST_PORT [ADDRESS]]
 *
 * Opens 2 * CALLS ports on ADDRESS (127.0.0.1), the kernel's choice or from FIRST_PORT on, and prints one line per call:
 * "call N PORT_A PORT_B", then "relay is ready". What arrives at a leg goes out of the call's other leg, to the address
 * that leg last heard from (symmetric RTP, as allo does); until it heard from anyone, packets are dropped. Sequence
 * number, timestamp and SSRC are rewritten as a B2BUA must do (RFC 3550 5.1), so that the work is comparable.
 * On SIGTERM or SIGINT it prints packets, drops and its own CPU time, and ends.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define PACKET_BYTES 2048
#define EVENTS 512

struct leg {
	int socket;
	int heard;               /* has anybody sent to this leg yet? */
	struct sockaddr_in peer; /* who did, last */
	struct leg *other;
	uint32_t ssrc;              /* of what this leg sends */
	uint32_t timestamp_offset;  /* from the other leg's stream to ours */
	uint16_t sequence_offset;
};

static volatile sig_atomic_t stopped;

static void stop(int signal_number)
{
	(void)signal_number;
	stopped = 1;
}

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static int open_port(const char *address, int port)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
	int bytes = 1 << 18;
	int s = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);

	if (s < 0)
		fail("socket");
	if (inet_pton(AF_INET, address, &at.sin_addr) != 1)
		fail(address);
	setsockopt(s, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
	if (bind(s, (struct sockaddr *)&at, sizeof at) < 0)
		fail("bind");
	return s;
}

static int port_of(int s)
{
	struct sockaddr_in at;
	socklen_t length = sizeof at;

	if (getsockname(s, (struct sockaddr *)&at, &length) < 0)
		fail("getsockname");
	return ntohs(at.sin_port);
}

static void rewrite(unsigned char *packet, const struct leg *out)
{
	uint16_t sequence;
	uint32_t timestamp;
	uint32_t ssrc = htonl(out->ssrc);

	memcpy(&sequence, packet + 2, 2);
	sequence = htons((uint16_t)(ntohs(sequence) + out->sequence_offset));
	memcpy(packet + 2, &sequence, 2);
	memcpy(&timestamp, packet + 4, 4);
	timestamp = htonl(ntohl(timestamp) + out->timestamp_offset);
	memcpy(packet + 4, &timestamp, 4);
	memcpy(packet + 8, &ssrc, 4);
}

int main(int argc, char **argv)
{
	int calls = argc > 1 ? atoi(argv[1]) : 0;
	int first_port = argc > 2 ? atoi(argv[2]) : 0;
	const char *address = argc > 3 ? argv[3] : "127.0.0.1";
	struct sigaction on_stop = { .sa_handler = stop };
	struct epoll_event ready[EVENTS];
	unsigned char packet[PACKET_BYTES];
	unsigned long long relayed = 0, dropped = 0;
	struct rusage used;
	struct leg *legs;
	int epoll = epoll_create1(0);

	if (calls < 1) {
		fprintf(stderr, "usage: relay CALLS [FIRST_PORT [ADDRESS]]\n");
		return 2;
	}
	if (!(legs = calloc(2 * (size_t)calls, sizeof *legs)))
		fail("calloc");
	for (int i = 0; i < 2 * calls; i++) {
		struct epoll_event interest = { .events = EPOLLIN, .data.ptr = &legs[i] };

		legs[i] = (struct leg){ .socket = open_port(address, first_port ? first_port + 2 * i : 0),
			.other = &legs[i ^ 1], .ssrc = (uint32_t)random(),
			.timestamp_offset = (uint32_t)random(), .sequence_offset = (uint16_t)random() };
		if (epoll_ctl(epoll, EPOLL_CTL_ADD, legs[i].socket, &interest) < 0)
			fail("epoll_ctl");
		if (i & 1)
			printf("call %d %d %d\n", i / 2, port_of(legs[i - 1].socket), port_of(legs[i].socket));
	}
	sigaction(SIGTERM, &on_stop, NULL);
	sigaction(SIGINT, &on_stop, NULL);
	printf("relay is ready\n");
	fflush(stdout);
	while (!stopped) {
		int n = epoll_wait(epoll, ready, EVENTS, -1);

		for (int i = 0; i < n; i++) {
			struct leg *in = ready[i].data.ptr;
			struct leg *out = in->other;
			socklen_t length = sizeof in->peer;
			ssize_t size;

			while ((size = recvfrom(in->socket, packet, sizeof packet, 0,
					(struct sockaddr *)&in->peer, &length)) >= 0) {
				in->heard = 1;
				if (size < 12 || (packet[0] & 0xc0) != 0x80 || !out->heard) {
					dropped++;
					continue;
				}
				rewrite(packet, out);
				if (sendto(out->socket, packet, (size_t)size, 0, (struct sockaddr *)&out->peer,
						sizeof out->peer) == size)
					relayed++;
				else
					dropped++;
				length = sizeof in->peer;
			}
			if (errno != EAGAIN && errno != ECONNREFUSED)
				fail("recvfrom");
		}
	}
	getrusage(RUSAGE_SELF, &used);
	printf("relayed %llu dropped %llu user_us %lld system_us %lld\n", relayed, dropped,
		(long long)used.ru_utime.tv_sec * 1000000 + used.ru_utime.tv_usec,
		(long long)used.ru_stime.tv_sec * 1000000 + used.ru_stime.tv_usec);
	return 0;
}
