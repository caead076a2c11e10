package io.allo.conformance.lab;

/**
 * A router with a LAN behind it: eth0 on the lab's network, which stands for the internet, and a bridge br0 with the LAN's first address.
 * Made by {@link NetworkLab#router}. It forwards; it translates addresses only where told. Owned by the test thread.
 */
public final class Router {
    private final NetworkLab lab;
    private final LabHost host;
    private final String net;
    private int hosts = 1;

    Router(NetworkLab lab, LabHost host, String net) {
        this.lab = lab;
        this.host = host;
        this.net = net;
        lab.inside(host, Tools.IP, "link", "add", "br0", "type", "bridge");
        lab.inside(host, Tools.IP, "addr", "add", net + ".1/24", "dev", "br0");
        lab.inside(host, Tools.IP, "link", "set", "br0", "up");
        lab.setting(host, "net/ipv4/ip_forward", "1");
    }

    /** The machine itself, with its address on the lab's network. */
    public LabHost host() {
        return host;
    }

    /** Its address on the LAN. */
    public String lanAddress() {
        return net + ".1";
    }

    /** The LAN, as in 192.168.1.0/24. */
    public String lan() {
        return net + ".0/24";
    }

    /** A host on the LAN, with the router as its default route. */
    public LabHost behind(String name) {
        return lab.hostBehind(name, host, net + "." + ++hosts, net + ".1");
    }

    /** Translates what leaves the LAN to its own address and a port by chance, as a home router does (NAPT, RFC 4787 4.2.2). */
    public Router masquerade() {
        Tools.need(Tools.NFT);
        nft("add table ip nat");
        nft("add chain ip nat post { type nat hook postrouting priority 100 ; }");
        nft("add chain ip nat pre { type nat hook prerouting priority -100 ; }");
        nft("add rule ip nat post oifname eth0 ip saddr " + lan() + " masquerade fully-random");
        // what comes to a port that nothing was sent from is dropped, not refused: as home routers do
        nft("add table ip filter");
        nft("add chain ip filter in { type filter hook input priority 0 ; }");
        nft("add rule ip filter in iifname eth0 ct state new ip protocol udp udp dport 1024-65535 drop");
        return this;
    }

    /** Hands these ports ("5060" or "10000-19999") of its own address over to a host of the LAN: port forwarding. */
    public Router forward(String protocol, String ports, LabHost to) {
        nft("add rule ip nat pre iifname eth0 " + protocol + " dport " + ports + " dnat to " + to.address());
        return this;
    }

    /** Forgets all translations, as at a restart or when the provider gives a new line: what is sent next gets another port. */
    public void forgetTranslations() {
        Tools.need(Tools.CONNTRACK);
        lab.inside(host, Tools.CONNTRACK, "-F");
    }

    private void nft(String rule) {
        lab.inside(host, Tools.NFT, rule);
    }
}
