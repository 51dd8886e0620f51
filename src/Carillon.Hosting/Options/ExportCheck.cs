using System.Text.RegularExpressions;

namespace Carillon.Hosting;

/// <summary>Says what is wrong with the receivers of metrics.</summary>
internal static partial class ExportCheck
{
    private const string Section = "carillon.metrics.export";

    public static void Check(ExportOptions export, List<OptionsProblem> problems)
    {
        CheckStatsd(export.Statsd, problems);
        CheckInflux(export.Influx, problems);
        CheckOtlp(export.Otlp, problems);
    }

    private static void CheckStatsd(StatsdOptions statsd, List<OptionsProblem> problems)
    {
        if (statsd.Host is { } host && Uri.CheckHostName(host) == UriHostNameType.Unknown)
        {
            problems.Add(OptionsProblem.At($"{Section}.statsd.host", $"is '{host}', which is no host name and no address"));
        }

        OptionsCheck.InRange($"{Section}.statsd.port", statsd.Port, 1, 65_535, problems);
        CheckInterval("statsd", statsd.Interval, problems);
        CheckPrefix("statsd", statsd.Prefix, problems);
    }

    private static void CheckInflux(InfluxOptions influx, List<OptionsProblem> problems)
    {
        if (influx.Url is { } url
            && !(Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "udp" && uri.Port > 0))
        {
            problems.Add(OptionsProblem.At(
                $"{Section}.influx.url",
                $"is '{url}', but must be udp://HOST:PORT or http://HOST:PORT/PATH with its query"));
        }

        CheckInterval("influx", influx.Interval, problems);
        CheckTimeout("influx", influx.Timeout, problems);
        CheckPrefix("influx", influx.Prefix, problems);
    }

    private static void CheckOtlp(OtlpOptions otlp, List<OptionsProblem> problems)
    {
        if (otlp.Endpoint is { } endpoint
            && !(Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
        {
            problems.Add(OptionsProblem.At($"{Section}.otlp.endpoint", $"is '{endpoint}', but must be http://HOST:PORT or https://HOST:PORT"));
        }

        foreach (var (name, value) in otlp.Headers)
        {
            if (!Header().IsMatch(name) || !HeaderValue().IsMatch(value))
            {
                problems.Add(OptionsProblem.At($"{Section}.otlp.headers.{name}", "is no header: write a name, and text without control characters"));
            }
        }

        OptionsCheck.InRange($"{Section}.otlp.trace-ratio", otlp.TraceRatio, 0, 1, problems);
        CheckInterval("otlp", otlp.Interval, problems);
        CheckTimeout("otlp", otlp.Timeout, problems);
    }

    private static void CheckInterval(string receiver, TimeSpan interval, List<OptionsProblem> problems)
    {
        OptionsCheck.InRange($"{Section}.{receiver}.interval", interval, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1), problems);
    }

    private static void CheckTimeout(string receiver, TimeSpan timeout, List<OptionsProblem> problems)
    {
        OptionsCheck.InRange($"{Section}.{receiver}.timeout", timeout, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1), problems);
    }

    private static void CheckPrefix(string receiver, string prefix, List<OptionsProblem> problems)
    {
        if (!Prefix().IsMatch(prefix))
        {
            problems.Add(OptionsProblem.At(
                $"{Section}.{receiver}.prefix", $"is '{prefix}', but must have 1 to 100 of the characters A-Z a-z 0-9 _ - ."));
        }
    }

    [GeneratedRegex("^[A-Za-z0-9_.-]{1,100}$", RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Prefix();

    [GeneratedRegex("^[!#$%&'*+.^_`|~0-9A-Za-z-]+$", RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Header();

    [GeneratedRegex("^[\\x20-\\x7E]*$", RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex HeaderValue();
}
