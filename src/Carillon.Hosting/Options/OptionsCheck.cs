using System.Globalization;
using System.Security.Cryptography;
using Carillon.Model;
using Carillon.Web;

namespace Carillon.Hosting;

/// <summary>Says what is wrong with the settings of a node: every problem at once, each naming key, value and what is allowed.</summary>
internal static class OptionsCheck
{
    public static IReadOnlyList<string> Problems(CarillonOptions options)
    {
        var problems = new List<string>();
        InRange("carillon.cluster.shards", options.Cluster.Shards, 1, 4_096, problems);
        InRange("carillon.cluster.lease", options.Cluster.Lease, TimeSpan.FromSeconds(3), TimeSpan.FromMinutes(5), problems);
        InRange("carillon.cluster.heartbeat", options.Cluster.Heartbeat, TimeSpan.FromMilliseconds(100), options.Cluster.Lease / 3, problems);
        InRange("carillon.workers.slots", options.Workers.Slots, 1, 10_000, problems);
        InRange("carillon.workers.drain-timeout", options.Workers.DrainTimeout, TimeSpan.Zero, TimeSpan.FromHours(1), problems);
        InRange("carillon.metrics.window", options.Metrics.Window, 10, 100_000, problems);
        InRange("carillon.history.retention", options.History.Retention, TimeSpan.FromHours(1), TimeSpan.FromDays(3_653), problems);
        InRange("carillon.history.output-limit", options.History.OutputLimit, 0, 1024 * 1024, problems);
        InRange("carillon.store.slow-query", options.Store.SlowQuery, TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1), problems);
        foreach (var (name, queue) in options.Workers.Queues)
        {
            InRange($"carillon.workers.queues.{name}.slots", queue.Slots, 1, 10_000, problems);
            InRange($"carillon.workers.queues.{name}.busy-threshold", queue.BusyThreshold, 1, int.MaxValue, problems);
            if (queue.StartLimit is { } limit)
            {
                InRange($"carillon.workers.queues.{name}.start-limit.starts", limit.Starts, 1, StartLimit.MaxStarts, problems);
                InRange($"carillon.workers.queues.{name}.start-limit.per", limit.Per, StartLimit.MinPer, StartLimit.MaxPer, problems);
            }
        }

        CheckNode(options.Node, problems);
        if (options.Store.Provider == StoreProvider.Postgresql && string.IsNullOrWhiteSpace(options.Store.ConnectionString))
        {
            problems.Add("carillon.store.connection-string is missing: provider postgresql needs one, such as \"Host=127.0.0.1;Database=carillon;Username=carillon\"");
        }

        var urls = string.Join(';', Urls(options.Node).Where(static url => IsUrl(WithHost(url))));
        problems.AddRange(StartupChecks.Problems(
            urls, options.Security, options.Store.Provider.ToString(), options.Cluster.Secret, RandomNumberGenerator.GetBytes));
        return problems;
    }

    private static string[] Urls(NodeOptions node)
    {
        return node.Urls.Split(';', StringSplitOptions.TrimEntries);
    }

    private static void CheckNode(NodeOptions node, List<string> problems)
    {
        var urls = Urls(node);
        foreach (var url in urls.Where(static u => !IsUrl(WithHost(u))))
        {
            problems.Add($"carillon.node.urls '{url}' is not a URL to listen on: write http://ADDRESS:PORT or https://ADDRESS:PORT");
        }

        if (node.Advertise is { } advertise)
        {
            if (!IsUrl(advertise))
            {
                problems.Add($"carillon.node.advertise '{advertise}' is not a base URL: write http://HOST:PORT or https://HOST:PORT");
            }
        }
        else if (urls is not [var only] || IsAnyAddress(only))
        {
            problems.Add($"carillon.node.advertise is missing: carillon.node.urls '{node.Urls}' is not one concrete address; write the URL under which others reach this node");
        }

        if (node.Name is { } name && name.Length is 0 or > 200)
        {
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"carillon.node.name has {node.Name!.Length} characters: 1 to 200 are allowed"));
        }

        if (string.IsNullOrWhiteSpace(node.DataDir))
        {
            problems.Add("carillon.node.data-dir is empty: write a directory");
        }
    }

    private static bool IsUrl(string url)
    {
        return Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";
    }

    private static bool IsAnyAddress(string url)
    {
        return !string.Equals(WithHost(url), url, StringComparison.Ordinal) || (Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Host is "0.0.0.0" or "[::]");
    }

    /// <summary>The web server's own ways to write any address are not URLs.</summary>
    private static string WithHost(string url)
    {
        return url.Replace("://*", "://any", StringComparison.Ordinal).Replace("://+", "://any", StringComparison.Ordinal);
    }

    private static void InRange<T>(string key, T value, T min, T max, List<string> problems)
        where T : IComparable<T>
    {
        if (value.CompareTo(min) < 0 || value.CompareTo(max) > 0)
        {
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"{key} {value} is out of range: {min} to {max} is allowed"));
        }
    }
}
