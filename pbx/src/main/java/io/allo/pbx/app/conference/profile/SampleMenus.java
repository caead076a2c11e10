package io.allo.pbx.app.conference.profile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The two menus that Asterisk's documentation describes, for dialplans that name them without a confbridge.conf. No state. */
final class SampleMenus {

    private SampleMenus() {}

    static List<MenuProfile> all() {
        var user = new HashMap<String, List<MenuAction>>();
        add(user, "1", MenuAction.Kind.TOGGLE_MUTE);
        add(user, "4", MenuAction.Kind.DECREASE_LISTENING_VOLUME);
        add(user, "6", MenuAction.Kind.INCREASE_LISTENING_VOLUME);
        add(user, "7", MenuAction.Kind.DECREASE_TALKING_VOLUME);
        add(user, "9", MenuAction.Kind.INCREASE_TALKING_VOLUME);
        var admin = new HashMap<>(user);
        prompt(user, "conf-usermenu");
        add(user, "8", MenuAction.Kind.LEAVE_CONFERENCE);
        prompt(admin, "conf-adminmenu");
        add(admin, "2", MenuAction.Kind.ADMIN_TOGGLE_CONFERENCE_LOCK);
        add(admin, "3", MenuAction.Kind.ADMIN_KICK_LAST);
        add(admin, "8", MenuAction.Kind.NO_OP);
        return List.of(new MenuProfile("sample_user_menu", user), new MenuProfile("sample_admin_menu", admin));
    }

    private static void prompt(Map<String, List<MenuAction>> menu, String sound) {
        menu.put("*", List.of(new MenuAction(MenuAction.Kind.PLAYBACK_AND_CONTINUE, sound)));
    }

    private static void add(Map<String, List<MenuAction>> menu, String key, MenuAction.Kind kind) {
        menu.put(key, List.of(new MenuAction(kind, "")));
        menu.put("*" + key, List.of(new MenuAction(kind, "")));
    }
}
