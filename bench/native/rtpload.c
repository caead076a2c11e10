/*
 * rtpload: both ends of N calls through a relay, to measure what is lost and how long it takes.
 *
 *   rtpload SECONDS [ADDRESS [TYPE_A TYPE_B [FIRST_PORT]]] < ports
 *
 * Each input line names a call's two relay ports: "PORT_A PORT_B" or the relay's own "call N PORT_A PORT_B"; other lines
 * are left out. From two sockets per call it sends G.711 packets (172 bytes: 12 of RTP, 160 of sound) 50 times a second
 * to each port, the calls spread evenly over the 20 ms, so that no burst is measured that no call would make. The sound
 * begins with the sending time, by which the other end knows the latency. The first half second teaches the relay its
 * peers and counts for nothing. With two different payload types (0, 8, 9) the relay transcodes: then packets are only
 * counted, since what they say is changed on the way. With FIRST_PORT its own sockets have the ports from there on, so that the
 * next run is the same phones again; else the kernel chooses. Then it waits until nothing has come for 300 ms and
 * prints one line. With SRTP_KEY in the environment (base64 of 16 bytes of key and 14 of salt) every leg sends SRTP under it
 * (AES_CM_128_HMAC_SHA1_80, RFC 3711), each run from other sources, and packets are only counted; built with libsrtp2 only.
 * With TALKERS in the environment all legs are in one room: that many of them say what is not silence, the others send silence,
 * and packets are only counted. With SOUND_ULAW and SOUND_OPUS in the environment legs of type 0 send the bytes of the one file,
 * legs of a type from 96 the packets of the other (two bytes of length, least significant first, before each; 20 ms at 48 kHz):
 *
 *   calls N sent S received R lost L foreign F p50_us X p90_us X p99_us X max_us X late_us X
 *
 * foreign: packets at an end that did not come from its own call's other end. late_us: how late the most delayed packet
 * was sent by this program itself; with a large one the machine was too busy for the other figures to mean much.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#ifdef WITH_SRTP
#include <srtp2/srtp.h>
#endif

#define PACKET_BYTES 172
#define PERIOD_NS 20000000LL
#define WARM_NS 500000000LL
#define TAIL_NS 300000000LL
#define GRAIN_NS 250000LL /* packets due within this time are sent together: no spinning */
#define BUCKETS 200000 /* of one microsecond; the last takes what is longer */
#define EVENTS 512
#define MAX_CALLS 20000

struct body { /* the first bytes of the sound */
	int64_t sent_ns;
	uint32_t leg;
	uint32_t counts;
};

struct leg {
	int socket;
	struct sockaddr_in to;
	uint16_t sequence;
	uint32_t timestamp;
	int type;
	long frame, at;
#ifdef WITH_SRTP
	srtp_t srtp;
#endif
};

static struct leg *legs;
static uint32_t histogram[BUCKETS];
static unsigned long long sent, received, foreign;
static int64_t latest_ns;
static int transcoded, counting, secure, talkers = -1;
static uint32_t first_source;
static unsigned char *ulaw, *opus;
static long ulaw_bytes, opus_bytes;

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static int64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static unsigned char *whole(const char *path, long *bytes)
{
	FILE *file = path ? fopen(path, "rb") : NULL;
	unsigned char *all;

	if (!path)
		return NULL;
	if (!file || fseek(file, 0, SEEK_END) || (*bytes = ftell(file)) < 2 * PACKET_BYTES || fseek(file, 0, SEEK_SET))
		fail(path);
	all = malloc((size_t)*bytes);
	if (!all || fread(all, 1, (size_t)*bytes, file) != (size_t)*bytes)
		fail(path);
	fclose(file);
	return all;
}

/* Puts a leg's next sound into a packet; each leg is at another place. */
static int sound(struct leg *leg, uint32_t index, unsigned char *to)
{
	int size;

	if (leg->type < 96) {
		long frames = ulaw_bytes / 160;

		memcpy(to, ulaw + (leg->frame++ + index * 37) % frames * 160, 160);
		return 160;
	}
	if (leg->at + 2 > opus_bytes)
		leg->at = 0;
	size = opus[leg->at] | opus[leg->at + 1] << 8;
	memcpy(to, opus + leg->at + 2, (size_t)size);
	leg->at += 2 + size;
	return size;
}

static void open_leg(int epoll, int index, const char *address, int own_port, int relay_port)
{
	struct sockaddr_in here = { .sin_family = AF_INET, .sin_port = htons((uint16_t)own_port) };
	struct epoll_event interest = { .events = EPOLLIN, .data.u32 = (uint32_t)index };
	struct leg *leg = &legs[index];
	int bytes = 1 << 18;

	leg->to = (struct sockaddr_in){ .sin_family = AF_INET, .sin_port = htons((uint16_t)relay_port) };
	if (inet_pton(AF_INET, address, &leg->to.sin_addr) != 1)
		fail(address);
	leg->socket = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
	setsockopt(leg->socket, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
	if (leg->socket < 0 || bind(leg->socket, (struct sockaddr *)&here, sizeof here) < 0)
		fail("bind");
	if (connect(leg->socket, (struct sockaddr *)&leg->to, sizeof leg->to) < 0)
		fail("connect");
	if (epoll_ctl(epoll, EPOLL_CTL_ADD, leg->socket, &interest) < 0)
		fail("epoll_ctl");
}

#ifdef WITH_SRTP
static unsigned char master[32];

static void read_key(const char *text)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	unsigned bits = 0, count = 0, size = 0;

	for (; *text && *text != '='; text++) {
		const char *at = strchr(digits, *text);

		if (!at)
			break;
		bits = bits << 6 | (unsigned)(at - digits);
		if ((count += 6) >= 8 && size < sizeof master)
			master[size++] = (unsigned char)(bits >> (count -= 8));
	}
	if (size != 30 || srtp_init() != srtp_err_status_ok) {
		fprintf(stderr, "rtpload: SRTP_KEY is to be 30 bytes in base64\n");
		exit(2);
	}
}

static void secure_leg(struct leg *leg, uint32_t source)
{
	srtp_policy_t policy;

	memset(&policy, 0, sizeof policy);
	srtp_crypto_policy_set_rtp_default(&policy.rtp);
	srtp_crypto_policy_set_rtcp_default(&policy.rtcp);
	policy.ssrc.type = ssrc_specific;
	policy.ssrc.value = source;
	policy.key = master;
	if (srtp_create(&leg->srtp, &policy) != srtp_err_status_ok)
		fail("srtp_create");
}
#endif

static void send_packet(uint32_t index, int counts)
{
	struct leg *leg = &legs[index];
	unsigned char packet[1500];
	int size = PACKET_BYTES;
	uint16_t sequence = htons(leg->sequence++);
	uint32_t timestamp = htonl(leg->timestamp), ssrc = htonl(first_source + index + 1);
	struct body body = { .sent_ns = now_ns(), .leg = index, .counts = (uint32_t)counts };

	memset(packet, 0xff, PACKET_BYTES); /* silence in u-law */
	packet[0] = 0x80;
	packet[1] = (unsigned char)leg->type;
	if (talkers >= 0 ? (int)index < talkers : transcoded) /* sound that is not silence */
		for (int i = 12; i < PACKET_BYTES; i++)
			packet[i] = (unsigned char)(leg->sequence * 7 + i * 31);
	memcpy(packet + 2, &sequence, 2);
	memcpy(packet + 4, &timestamp, 4);
	memcpy(packet + 8, &ssrc, 4);
	if (ulaw && opus)
		size = 12 + sound(leg, index, packet + 12);
	else if (!transcoded)
		memcpy(packet + 12, &body, sizeof body);
	leg->timestamp += leg->type < 96 ? 160 : 960;
#ifdef WITH_SRTP
	if (secure && srtp_protect(leg->srtp, packet, &size) != srtp_err_status_ok)
		fail("srtp_protect");
#endif
	if (send(leg->socket, packet, (size_t)size, 0) == size && counts)
		sent++;
}

static void receive_packets(uint32_t index)
{
	unsigned char packet[2048];
	struct body body;
	ssize_t size;

	while ((size = recv(legs[index].socket, packet, sizeof packet, 0)) >= 0) {
		int64_t taken_us;

		if (legs[index].type >= 96 ? size <= 12 || (packet[1] & 0x7f) != legs[index].type
					   : size != PACKET_BYTES + (secure ? 10 : 0))
			continue; /* RTCP, or comfort noise before the call's other end is known */
		if (transcoded || secure) {
			if (counting)
				received++;
			continue;
		}
		memcpy(&body, packet + 12, sizeof body);
		if (body.leg != (index ^ 1)) {
			foreign++;
			continue;
		}
		if (!body.counts)
			continue;
		received++;
		taken_us = (now_ns() - body.sent_ns) / 1000;
		histogram[taken_us < BUCKETS ? taken_us : BUCKETS - 1]++;
	}
}

static int percentile(double part)
{
	unsigned long long seen = 0, wanted = (unsigned long long)(part * (double)received);

	for (int us = 0; us < BUCKETS; us++)
		if ((seen += histogram[us]) > wanted)
			return us;
	return BUCKETS - 1;
}

int main(int argc, char **argv)
{
	double seconds = argc > 1 ? atof(argv[1]) : 0;
	const char *address = argc > 2 ? argv[2] : "127.0.0.1";
	struct epoll_event ready[EVENTS];
	int epoll = epoll_create1(0), calls = 0, a, b, call, own = argc > 5 ? atoi(argv[5]) : 0;
	char line[256];

	if (seconds <= 0 || !(legs = calloc(2 * MAX_CALLS, sizeof *legs))) {
		fprintf(stderr, "usage: rtpload SECONDS [ADDRESS [TYPE_A TYPE_B [FIRST_PORT]]] < ports\n");
		return 2;
	}
	if (getenv("SRTP_KEY")) {
#ifdef WITH_SRTP
		read_key(getenv("SRTP_KEY"));
		secure = 1;
		first_source = (uint32_t)getpid() << 16;
#else
		fprintf(stderr, "rtpload: built without libsrtp2: apt-get install libsrtp2-dev, then make clean\n");
		return 2;
#endif
	}
	if (getenv("TALKERS"))
		talkers = atoi(getenv("TALKERS"));
	ulaw = whole(getenv("SOUND_ULAW"), &ulaw_bytes);
	opus = whole(getenv("SOUND_OPUS"), &opus_bytes);
	while (calls < MAX_CALLS && fgets(line, sizeof line, stdin)) {
		if (sscanf(line, "call %d %d %d", &call, &a, &b) != 3 && sscanf(line, "%d %d", &a, &b) != 2)
			continue;
		open_leg(epoll, 2 * calls, address, own ? own + 2 * calls : 0, a);
		open_leg(epoll, 2 * calls + 1, address, own ? own + 2 * calls + 1 : 0, b);
		legs[2 * calls].type = argc > 4 ? atoi(argv[3]) : 0;
		legs[2 * calls + 1].type = argc > 4 ? atoi(argv[4]) : 0;
#ifdef WITH_SRTP
		if (secure) {
			secure_leg(&legs[2 * calls], first_source + (uint32_t)(2 * calls) + 1);
			secure_leg(&legs[2 * calls + 1], first_source + (uint32_t)(2 * calls) + 2);
		}
#endif
		transcoded = talkers >= 0 || legs[2 * calls].type != legs[2 * calls + 1].type;
		calls++;
	}
	if (calls == 0) {
		fprintf(stderr, "rtpload: no ports on standard input\n");
		return 2;
	}

	int64_t step_ns = PERIOD_NS / (2 * calls), start = now_ns() + 10000000;
	int64_t end = start + WARM_NS + (int64_t)(seconds * 1e9), next = 0, heard_ns = end;

	for (;;) {
		int64_t now = now_ns(), due = start + next * step_ns;
		struct timespec pause = { 0 };
		int n;

		for (; due <= now && due < end; due = start + ++next * step_ns) {
			int counts = due >= start + WARM_NS;

			counting = counts;
			if (counts && now - due > latest_ns)
				latest_ns = now - due;
			send_packet((uint32_t)(next % (2 * calls)), counts);
		}
		if (due >= end && now > end && now > heard_ns + TAIL_NS)
			break;
		pause.tv_nsec = due - now > GRAIN_NS ? due - now : GRAIN_NS;
		n = epoll_pwait2(epoll, ready, EVENTS, &pause, NULL);
		if (n > 0 && talkers < 0) /* a room goes on by itself */
			heard_ns = now;
		for (int i = 0; i < n; i++)
			receive_packets(ready[i].data.u32);
	}
	printf("calls %d sent %llu received %llu lost %lld foreign %llu p50_us %d p90_us %d p99_us %d max_us %d late_us %lld\n",
		calls, sent, received, (long long)(sent - received), foreign, percentile(0.5), percentile(0.9),
		percentile(0.99), percentile(1.0 - 1e-12), (long long)(latest_ns / 1000));
	return 0;
}
