using System.Globalization;

namespace Carillon.Actors.Tests;

public sealed class OptionsTests
{
    [Theory]
    [InlineData("MailboxCapacity", "0", "at least 1")]
    [InlineData("Throughput", "-3", "at least 1")]
    [InlineData("HandlerTimeout", "00:00:00", "more than zero")]
    [InlineData("MaxRestarts", "-1", "zero or more")]
    [InlineData("Window", "00:00:00", "more than zero")]
    [InlineData("BackoffMin", "-00:00:01", "zero or more")]
    [InlineData("BackoffMax", "00:00:00.0500000", "at least BackoffMin, 00:00:00.1000000")]
    [InlineData("BackoffJitter", "1.5", "from 0 to 1")]
    [InlineData("AskTimeout", "00:00:00", "more than zero")]
    public void Option_out_of_bounds_is_refused_with_its_name_value_and_bound(string name, string value, string allowed)
    {
        var refused = Assert.Throws<ArgumentOutOfRangeException>(() => Set(name, value));

        Assert.Equal(name, refused.ParamName);
        Assert.Contains($"{name} must be {allowed}.", refused.Message, StringComparison.Ordinal);
        Assert.Equal(value, Convert.ToString(refused.ActualValue, CultureInfo.InvariantCulture));
    }

    private static object Set(string name, string value)
    {
        var strategy = SupervisorStrategy.Default;
        return name switch
        {
            "MailboxCapacity" => new ActorOptions { MailboxCapacity = Number(value) },
            "Throughput" => new ActorOptions { Throughput = Number(value) },
            "HandlerTimeout" => new ActorOptions { HandlerTimeout = Time(value) },
            "MaxRestarts" => new ActorOptions { Supervisor = strategy with { MaxRestarts = Number(value) } },
            "Window" => new ActorOptions { Supervisor = strategy with { Window = Time(value) } },
            "BackoffMin" => new ActorOptions { Supervisor = strategy with { BackoffMin = Time(value) } },
            "BackoffMax" => new ActorOptions { Supervisor = strategy with { BackoffMax = Time(value) } },
            "BackoffJitter" => new ActorOptions
            {
                Supervisor = strategy with { BackoffJitter = double.Parse(value, CultureInfo.InvariantCulture) },
            },
            "AskTimeout" => new ActorSystemOptions
            {
                Time = TimeProvider.System,
                Dispatcher = new DeterministicDispatcher(1),
                Random = new Random(1),
                AskTimeout = Time(value),
            },
            _ => throw new ArgumentException($"Unknown option {name}.", nameof(name)),
        };
    }

    private static int Number(string value) => int.Parse(value, CultureInfo.InvariantCulture);

    private static TimeSpan Time(string value) => TimeSpan.Parse(value, CultureInfo.InvariantCulture);
}
