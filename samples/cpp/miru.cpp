// Gets and watches the configs of a Miru agent: C++17 and POSIX, nothing else. docs/protocol.md says what is spoken here.
#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <map>
#include <poll.h>
#include <random>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <utility>
#include <vector>

enum Kind : uint32_t { Hello = 1, Get = 2, Watch = 4, Demand = 6, Ping = 13 };
enum Answer : uint32_t { Welcome = 65, Config = 66, Watching = 68, Removed = 69, Heartbeat = 73, Goodbye = 74, Error = 75, Pong = 76, Synced = 77 };
struct Frame { uint32_t kind, correlation; bool ignorable; std::string header, body; };
struct Lost : std::runtime_error { using runtime_error::runtime_error; };      // worth another attempt
struct Refused : std::runtime_error { using runtime_error::runtime_error; };   // not
struct Leaving : Lost { long ms; explicit Leaving(long hint) : Lost("the agent is stopping"), ms(hint) {} };

// A scan of the JSON that an agent sends, not a parser: strings are stepped over whole, brackets are counted.
size_t after_string(std::string_view json, size_t at) {
    for (++at; at < json.size() && json[at] != '"'; ++at) at += json[at] == '\\';
    return std::min(at + 1, json.size());
}
size_t after_value(std::string_view json, size_t at) {
    for (int depth = 0; at < json.size(); at = json[at] == '"' ? after_string(json, at) : at + 1) {
        const char c = json[at];
        if (depth == 0 && (c == ',' || c == '}' || c == ']')) break;
        depth += (c == '{' || c == '[') - (c == '}' || c == ']');
    }
    return at;
}
std::string text(std::string_view json) {   // unquoted and unescaped; the agent writes UTF-8, and \u only for control characters
    std::string out;
    for (size_t at = 1; at + 1 < json.size(); ++at) {
        const char c = json[at] == '\\' ? json[++at] : '\0';
        if (c == 'u') out += ' ', at += 4;
        else out += c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : json[at];
    }
    return out;
}
std::string_view member(std::string_view json, std::string_view name) {   // its raw value; of two with one name the last
    std::string_view found;
    for (size_t at = json.find('{') + 1; at < json.size(); ++at) {
        if (json[at] != '"') continue;
        const size_t end = after_string(json, at);
        const size_t value = json.find_first_not_of(" \t\r\n", std::min(json.find(':', end), json.size() - 1) + 1);
        if (value == json.npos) break;
        const size_t after = after_value(json, value);
        if (text(json.substr(at, end - at)) == name) found = json.substr(value, after - value);
        at = after;
    }
    return found;
}
std::string word(std::string_view json, std::string_view name) { return text(member(json, name)); }
long number(std::string_view json, std::string_view name) { return std::strtol(std::string(member(json, name)).c_str(), nullptr, 10); }
std::string quoted(const std::string& s) {
    std::string out = "\"";
    for (const char c : s) out += c == '"' || c == '\\' ? std::string{'\\', c} : std::string{c};
    return out + '"';
}

class Connection {
    int fd = -1, patience_ms = 5000;
    std::string received;
    void fill() {
        pollfd ready{fd, POLLIN, 0};
        if (poll(&ready, 1, patience_ms) == 0) throw Lost("the agent is silent");
        char bytes[16384];
        const auto read = recv(fd, bytes, sizeof bytes, 0);
        if (read > 0) received.append(bytes, static_cast<size_t>(read));
        else if (read == 0 || errno != EINTR) throw Lost("the agent has gone");
    }
public:
    long demand = 0;
    explicit Connection(const std::string& path) : fd(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        try {
            sockaddr_un address{};
            address.sun_family = AF_UNIX;
            if (path.size() >= sizeof address.sun_path) throw Refused("the socket's path is too long");
            path.copy(address.sun_path, path.size());
            if (connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) throw Lost("no agent at " + path + ": " + std::strerror(errno));
            send(Hello, 1, R"({"protocol":[1],"app":"miru-cpp","sdk":"cpp/0.1.0"})");
            const auto welcome = receive();
            if (welcome.kind != Welcome) throw Lost("the agent broke clause hello-1");
            demand = number(welcome.header, "demand");
            patience_ms = static_cast<int>(3 * std::clamp(number(welcome.header, "heartbeat_ms"), 100L, 60'000L));   // [beat-1]
        } catch (...) { close(fd); throw; }
    }
    Connection(const Connection&) = delete;
    ~Connection() { close(fd); }
    void send(Kind kind, uint32_t correlation, const std::string& header = "") {   // [frame-1]
        if (header.size() > 4096) throw Refused("too many slugs for one header of 4 KiB");
        std::string frame;
        const auto size = static_cast<uint32_t>(header.size());
        for (const uint32_t word : {8 + size, kind << 24 | size, correlation})
            for (int shift = 24; shift >= 0; shift -= 8) frame += static_cast<char>(word >> shift);
        frame += header;
        for (size_t sent = 0; sent < frame.size();) {
            const auto count = ::send(fd, frame.data() + sent, frame.size() - sent, MSG_NOSIGNAL);
            if (count < 0 && errno != EINTR) throw Lost("the agent has gone");
            sent += static_cast<size_t>(std::max<ssize_t>(count, 0));
        }
    }
    Frame receive() {   // the next frame that is not the connection's own business
        for (;;) {
            const auto byte = [&](size_t at) { return static_cast<uint32_t>(static_cast<uint8_t>(received[at])); };
            const auto get = [&](size_t at) { return byte(at) << 24 | byte(at + 1) << 16 | byte(at + 2) << 8 | byte(at + 3); };
            const size_t length = received.size() < 4 ? 8 : get(0);
            if (length < 8 || length > 4 << 20) throw Lost("the agent broke clause frame-2");
            if (received.size() < 4 + length) { fill(); continue; }
            const size_t header = get(4) & 0xFFFF;
            if (header > length - 8) throw Lost("the agent broke clause frame-2");
            const Frame frame{byte(4), get(8), (byte(5) & 1) != 0, received.substr(12, header), received.substr(12 + header, length - 8 - header)};
            received.erase(0, 4 + length);
            if (frame.kind == Goodbye) throw Leaving(number(frame.header, "reconnect_ms"));
            if (frame.kind == Error && member(frame.header, "retryable") == "true") throw Lost(word(frame.header, "message"));
            if (frame.kind == Error) throw Refused(word(frame.header, "code") + ": " + word(frame.header, "message"));
            if (frame.kind == Heartbeat) send(Ping, 0);
            else if (frame.kind >= Welcome && frame.kind <= Synced && frame.kind != Pong) return frame;
            else if (frame.kind != Pong && !frame.ignorable) throw Lost("the agent broke clause frame-4");
        }
    }
};

struct Held { std::string digest, sequence, content; };
struct State { std::map<std::string, Held> configs; std::string epoch, sequence; bool caught_up = false; };

void watch(const std::string& path, const std::string& what, State& state) {
    Connection agent(path);
    const auto after = state.epoch.empty() ? "" : ",\"after\":{\"epoch\":" + quoted(state.epoch) + ",\"sequence\":" + state.sequence + "}";
    agent.send(Watch, 3, "{" + what + after + "}");
    auto staged = state.configs;   // what SYNCED makes current, all at once [watch-4]
    std::set<std::string> awaited;
    std::string epoch;
    for (long pushed = 0;;) {
        const auto frame = agent.receive();
        if (frame.correlation != 3) continue;
        const auto slug = word(frame.header, "slug");
        if (frame.kind == Watching) {
            epoch = word(frame.header, "epoch");
            if (member(frame.header, "full") == "true") {   // what is not listed is gone
                staged.clear();
                for (size_t at = 0, end = 0; (at = frame.body.find('"', end)) != std::string::npos;)
                    awaited.insert(text(std::string_view(frame.body).substr(at, (end = after_string(frame.body, at)) - at)));
            }
        } else if (frame.kind == Synced && awaited.empty()) {
            for (const auto& [name, held] : state.configs) if (!staged.count(name)) std::cout << "removed " << name << std::endl;
            for (const auto& [name, now] : staged) {
                const auto before = state.configs.find(name);
                if (before == state.configs.end() || before->second.digest != now.digest)
                    std::cout << "changed " << name << ' ' << now.sequence << ' ' << now.digest << ' ' << now.content.size() << '\n' << now.content << std::endl;
            }
            state = {staged, epoch, std::string(member(frame.header, "sequence")), true};
            std::cout << "synced " << state.sequence << std::endl;
        } else if (frame.kind == Config || frame.kind == Removed) {
            awaited.erase(slug);
            staged.erase(slug);
            if (frame.kind == Config) staged[slug] = {word(frame.header, "digest"), std::string(member(frame.header, "sequence")), frame.body};
            if (++pushed >= (agent.demand + 1) / 2)   // half a window at a time [demand-1]
                agent.send(Demand, 0, "{\"count\":" + std::to_string(std::exchange(pushed, 0)) + "}");
        }
    }
}

int main(int argc, char** argv) try {
    const std::vector<std::string> args(argv + 1, argv + argc);
    const char* variable = std::getenv("MIRU_AGENT_SOCKET");
    const std::string path = variable && *variable ? variable : "/run/miru/miru.sock";
    if (args.size() == 2 && args[0] == "get") {
        Connection agent(path);
        agent.send(Get, 3, "{\"slug\":" + quoted(args[1]) + "}");
        Frame answer{};
        while (answer.correlation != 3) answer = agent.receive();
        return (std::cout << answer.body << std::flush) ? 0 : 1;
    }
    if (args.size() < 2 || args[0] != "watch") throw Refused("usage: miru get SLUG | miru watch SLUG... | miru watch --all");
    std::string what = args[1] == "--all" ? "\"all\":true" : "\"slugs\":[";
    for (size_t at = 1; args[1] != "--all" && at < args.size(); ++at) what += quoted(args[at]) + (at + 1 < args.size() ? "," : "]");
    State state;
    std::mt19937 random(std::random_device{}());
    for (long ceiling = 100;; ceiling = std::exchange(state.caught_up, false) ? 100 : std::min(2 * ceiling, 5'000L)) {   // full jitter: no robot returns in step
        long hint = 0;
        try { watch(path, what, state); }
        catch (const Leaving& leaving) { hint = std::clamp(leaving.ms, 0L, 5'000L); std::cerr << leaving.what() << std::endl; }
        catch (const Lost& lost) { std::cerr << lost.what() << std::endl; }
        poll(nullptr, 0, static_cast<int>(hint + std::uniform_int_distribution<long>(0, ceiling)(random)));
    }
} catch (const std::exception& failure) {
    std::cerr << "miru: " << failure.what() << std::endl;
    return 1;
}
