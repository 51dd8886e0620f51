using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Carillon.Metrics.Tests;

/// <summary>
/// Receives StatsD by UDP and does with it what a server does: adds counters up, sets gauges, and moves those whose
/// value has a sign. Anything that is not a line of the grammar fails the test.
/// </summary>
internal sealed partial class StatsdServer : IDisposable
{
    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly bool _hasTags;

    public StatsdServer(bool hasTags)
    {
        _hasTags = hasTags;
        _socket.Client.ReceiveBufferSize = 4 * 1024 * 1024;
    }

    public int Port => ((IPEndPoint)_socket.Client.LocalEndPoint!).Port;

    public Dictionary<string, double> Counters { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, double> Gauges { get; } = new(StringComparer.Ordinal);

    public int LargestPacket { get; private set; }

    public int Packets { get; private set; }

    public int Lines { get; private set; }

    /// <summary>Takes what has arrived: on loopback that is all that was sent.</summary>
    public void Drain()
    {
        while (_socket.Available > 0)
        {
            IPEndPoint? from = null;
            var packet = _socket.Receive(ref from);
            Packets++;
            LargestPacket = Math.Max(LargestPacket, packet.Length);
            foreach (var line in new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(packet).Split('\n'))
            {
                Take(line);
            }
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
    }

    private void Take(string line)
    {
        var match = (_hasTags ? Tagged() : Plain()).Match(line);
        Assert.True(match.Success, $"not a line of StatsD: {line}");
        Lines++;
        var series = match.Groups["name"].Value + (_hasTags ? "#" + match.Groups["tags"].Value : string.Empty);
        var text = match.Groups["value"].Value;
        var value = double.Parse(text, CultureInfo.InvariantCulture);
        if (match.Groups["type"].Value == "c")
        {
            Counters[series] = Counters.GetValueOrDefault(series) + value;
        }
        else
        {
            var isRelative = !_hasTags && text[0] is '+' or '-';
            Gauges[series] = isRelative ? Gauges[series] + value : value;
        }
    }

    [GeneratedRegex(@"^(?<name>[A-Za-z0-9_.-]+):(?<value>-?\d+(\.\d+)?)\|(?<type>c|g)$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Plain();

    [GeneratedRegex(
        @"^(?<name>[A-Za-z0-9_.]+):(?<value>-?\d+(\.\d+)?)\|(?<type>c|g)\|#(?<tags>[A-Za-z0-9_]+:[^|:#,@\n]+(,[A-Za-z0-9_]+:[^|:#,@\n]+)*)$",
        RegexOptions.ExplicitCapture,
        1_000)]
    private static partial Regex Tagged();
}
