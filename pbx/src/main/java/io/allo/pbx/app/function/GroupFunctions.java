package io.allo.pbx.app.function;

import io.allo.pbx.app.function.text.Patterns;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.Channel;
import io.allo.pbx.conf.PosixRegex;
import io.allo.pbx.dialplan.DialplanException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * GROUP and its kin: channels counted by group, to limit how many there are at once. A channel is in one group of each
 * category and leaves it when it is hung up. A board: any thread.
 */
final class GroupFunctions {

    /** The category where none is named. */
    private static final String DEFAULT = "";

    private final Map<Channel, Map<String, String>> groups = new WeakHashMap<>();

    void register(FunctionTable table) {
        table.settable("GROUP", this::group, this::setGroup);
        table.readable("GROUP_COUNT", this::count);
        table.readable("GROUP_MATCH_COUNT", this::matchCount);
        table.readable("GROUP_LIST", this::list);
    }

    private @Nullable String own(Call call, String category) {
        synchronized (groups) {
            return groups.getOrDefault(call.channel(), Map.of()).get(category);
        }
    }

    private String group(Call call, String category) {
        var group = own(call, category.strip());
        return group == null ? "" : group;
    }

    /** GROUP(category)=group, or, as in old files, GROUP()=group@category. */
    private void setGroup(Call call, String data, String value) {
        var at = data.isBlank() ? value.indexOf('@') : -1;
        var category = at < 0 ? data.strip() : value.substring(at + 1).strip();
        var group = at < 0 ? value.strip() : value.substring(0, at).strip();
        if (group.isEmpty()) {
            throw new DialplanException("a group needs a name");
        }
        synchronized (groups) {
            groups.computeIfAbsent(call.channel(), channel -> new LinkedHashMap<>())
                    .put(category, group);
        }
    }

    /** GROUP_COUNT(group@category): how many channels are in it; of this channel's group where none is named. */
    private String count(Call call, String data) {
        var at = data.indexOf('@');
        var category = at < 0 ? DEFAULT : data.substring(at + 1).strip();
        var named = (at < 0 ? data : data.substring(0, at)).strip();
        var wanted = named.isEmpty() ? own(call, category) : named;
        if (wanted == null) {
            return "0";
        }
        var count = 0;
        for (var ofChannel : living()) {
            if (wanted.equals(ofChannel.get(category))) {
                count++;
            }
        }
        return String.valueOf(count);
    }

    /** GROUP_MATCH_COUNT(expression@category): how many channels are in groups that match. */
    private String matchCount(Call call, String data) {
        var at = data.lastIndexOf('@');
        PosixRegex groupPattern = Patterns.compile(at < 0 ? data : data.substring(0, at), true);
        var category = at < 0 ? DEFAULT : data.substring(at + 1).strip();
        var count = 0;
        for (var ofChannel : living()) {
            var group = ofChannel.get(category);
            if (group != null && Patterns.finds(groupPattern, group)) {
                count++;
            }
        }
        return String.valueOf(count);
    }

    /** GROUP_LIST(): the groups of this channel, by spaces, with {@code @category} where there is one. */
    private String list(Call call, String data) {
        var names = new ArrayList<String>();
        synchronized (groups) {
            groups.getOrDefault(call.channel(), Map.of())
                    .forEach((category, group) -> names.add(category.isEmpty() ? group : group + "@" + category));
        }
        return String.join(" ", names);
    }

    private ArrayList<Map<String, String>> living() {
        var living = new ArrayList<Map<String, String>>();
        synchronized (groups) {
            groups.forEach((channel, ofChannel) -> {
                if (!channel.isHungUp()) {
                    living.add(Map.copyOf(ofChannel));
                }
            });
        }
        return living;
    }
}
