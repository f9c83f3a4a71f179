using System.Text;
using Miru.Agent.Settings;

namespace Miru.Agent.Connections;

/// <summary>Where the socket is and who may open it.</summary>
/// <param name="Path">Absolute, at most 107 bytes.</param>
/// <param name="Mode">Permission bits of the socket file.</param>
/// <param name="Group">Its owning group; "" keeps the group of the process.</param>
internal sealed record SocketSettings(string Path, UnixFileMode Mode, string Group)
{
    /// <summary>sun_path is 108 bytes, the last one 0.</summary>
    private const int LongestPath = 107;

    public static SocketSettings Read(SettingsReader settings)
    {
        var path = settings.AbsolutePath("socket.path");
        if (Encoding.UTF8.GetByteCount(path) > LongestPath)
        {
            settings.Refuse("socket.path", $"'{path}' is longer than {LongestPath} bytes", "the kernel takes no longer socket path; choose a shorter directory");
        }

        return new SocketSettings(path, settings.FileMode("socket.mode"), settings.Text("socket.group"));
    }
}
