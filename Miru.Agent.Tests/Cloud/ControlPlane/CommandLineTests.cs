using Miru.Cloud.Hosting;
using Xunit;

namespace Miru.Agent.Tests.Cloud.ControlPlane;

public sealed class CommandLineTests
{
    [Fact]
    public void Takes_values_behind_a_space_or_an_equals_sign()
    {
        Assert.Equal(
            new CommandLine("http://127.0.0.1:9", "/data", "/key=file"),
            CommandLine.Parse(["--urls", "http://127.0.0.1:9", "--data=/data", "--admin-key-file=/key=file"]));
    }

    [Fact]
    public void Needs_only_the_data_directory() =>
        Assert.Equal(new CommandLine("http://127.0.0.1:8080", "/data", null), CommandLine.Parse(["--data", "/data"]));

    [Theory]
    [InlineData("--data is missing")]
    [InlineData("Unknown option '--port'", "--data", "d", "--port", "1")]
    [InlineData("Unknown option 'd'", "d")]
    [InlineData("--data needs a value", "--data")]
    [InlineData("--data needs a value", "--data=")]
    [InlineData("--data stands twice", "--data", "a", "--data", "b")]
    public void Says_what_is_wrong(string expected, params string[] args) =>
        Assert.Contains(expected, Assert.Throws<UsageException>(() => CommandLine.Parse(args)).Message);

    [Theory]
    [InlineData("0123456789abcdef\n", true)]
    [InlineData("the-key-of-one-admin\n\nthe-key-of-another\n", true)]
    [InlineData("the-key-of-one-admin\nshort\n", false)]
    [InlineData("short\n", false)]
    [InlineData("two words of a key", false)]
    [InlineData("", false)]
    public void Takes_only_keys_that_look_like_one(string content, bool good)
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, content);
        var command = new CommandLine("", "", file);

        if (good)
        {
            Assert.Equal(content.Split('\n', StringSplitOptions.RemoveEmptyEntries), command.ReadAdminKeys());
        }
        else
        {
            Assert.ThrowsAny<IOException>(command.ReadAdminKeys);
        }

        File.Delete(file);
    }

    [Fact]
    public void Names_a_key_file_that_is_not_there()
    {
        var missing = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

        Assert.Contains(missing, Assert.ThrowsAny<IOException>(new CommandLine("", "", missing).ReadAdminKeys).Message);
    }
}
