package io.allo.pbx.app.recording;

import io.allo.pbx.call.Channel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** The monitorings under way, by channel. A board: any thread. */
final class Monitorings {

    private final Map<String, List<Monitoring>> ofChannel = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();

    String newId() {
        return "mix-" + ids.incrementAndGet();
    }

    void add(Channel channel, Monitoring monitoring) {
        ofChannel
                .computeIfAbsent(channel.uniqueId(), name -> {
                    channel.atEnd(() -> ofChannel.remove(name));
                    return new CopyOnWriteArrayList<>();
                })
                .add(monitoring);
    }

    /** Those of a channel, of MixMonitor or of Monitor. */
    List<Monitoring> of(Channel channel, boolean mixed) {
        return ofChannel.getOrDefault(channel.uniqueId(), List.of()).stream()
                .filter(m -> m.mixed() == mixed && !m.isEnded())
                .toList();
    }
}
