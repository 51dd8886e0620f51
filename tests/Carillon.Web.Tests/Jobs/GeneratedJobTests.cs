using System.Text;
using System.Text.Json;
using Carillon.Scheduling;
using Carillon.Scheduling.Calendars;
using Carillon.Testing;
using Microsoft.AspNetCore.Http;

namespace Carillon.Web.Tests.Jobs;

/// <summary>
/// Whatever is sent as a job is a job that keeps every rule, or is refused with a 400 that says why. They run while no
/// other test does, because the heap is the whole process's.
/// </summary>
[CollectionDefinition("alone", DisableParallelization = true)]
[Collection("alone")]
public sealed class GeneratedJobTests
{
    private const int MaxDepth = 5;
    private static readonly int Bodies = InputCount.Or(10_000);

    private static readonly string[] Members =
    [
        "id", "name", "owner", "category", "tags", "description", "queue", "roles", "priority", "schedule", "cron", "quartz_cron",
        "every", "at", "time_zone", "dst", "start", "end", "jitter", "exclude", "misfire", "grace", "overlap", "max_concurrent",
        "timeout", "retry", "attempts", "strategy", "wait_min", "wait_max", "guarantee", "payload", "enabled", "run", "type",
        "url", "method", "headers", "body", "expect", "class", "command", "args", "env", "directory", "x", "", "\\u0000", "\\ud800",
    ];

    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-0", "1", "-1", "1.5", "1e400", "99999999999999999999", "\"\"", "\"x\"", "\"class\"",
        "\"http\"", "\"process\"", "\"* * * * *\"", "\"*/0 * * * * *\"", "\"H H(0-3) L W 5#3\"", "\"@hourly\"", "\"5s\"", "\"P9999999D\"",
        "\"2026-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59.9999999Z\"", "\"Europe/Berlin\"", "\"../../etc/passwd\"", "\"first\"",
        "\"run_once\"", "\"http://127.0.0.1/\"", "\"javascript:0\"", "\"\\u0000\"", "\"\\ud800\"", "\"\\ud83d\\ude00\"", "\"***\"",
        "\"${?PATH}\"", "\"a\\r\\nb\"", "\"200-299,304\"", "{}", "[]", "[\"a\",\"a\"]", "[[[[]]]]", "\"{\\\"a\\\":1}\"",
    ];

    private static readonly string[] Whole =
    [
        """{"id":"a","run":{"type":"class","class":"ok"}}""",
        """{"id":"b","schedule":{"cron":"*/5 * * * *","time_zone":"Europe/Berlin","dst":"last"},"run":{"type":"class","class":"ok"}}""",
        """{"id":"c","schedule":{"every":"90s","jitter":"1s"},"retry":{"attempts":2,"wait_min":"1s","wait_max":"2s"},"run":{"type":"http","url":"http://127.0.0.1:9/","headers":{"A":"b"}}}""",
        """{"id":"d","tags":["x"],"overlap":"queue","max_concurrent":3,"payload":{"a":[1,2]},"run":{"type":"process","command":"/bin/true","args":["-x"]}}""",
    ];

    [Fact]
    public async Task Generated_body_is_a_valid_job_or_refused_with_the_reason()
    {
        var random = new Random(20261122);
        var taken = 0;
        var memory = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < Bodies; i++)
        {
            var body = Next(random);
            try
            {
                var job = JobJson.Read(new JsonFields(await ReadAsync(body)), pathId: null, current: null, AllowProcess.Api, CalendarSet.Empty);
                Assert.Empty(JobValidator.Validate(job, CalendarSet.Empty));
                taken++;
            }
            catch (RequestException refused)
            {
                Assert.True(refused.Status == 400 && refused.Message.Length > 0, $"body {i}: {refused.Status} {refused.Message}\n{Encoding.UTF8.GetString(body)}");
            }
        }

        // Both outcomes must be common, or the bodies test nothing.
        Assert.InRange(taken, Bodies / 20, Bodies * 19 / 20);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - memory, long.MinValue, 16 * 1024 * 1024);
    }

    private static byte[] Next(Random random)
    {
        var text = new StringBuilder();
        if (random.Next(2) == 0)
        {
            text.Append(Whole[random.Next(Whole.Length)]);
            for (var edits = random.Next(3); edits > 0; edits--)
            {
                var at = random.Next(text.Length + 1);
                var cut = Math.Min(random.Next(4), text.Length - at);
                text.Remove(at, cut).Insert(at, Values[random.Next(Values.Length)]);
            }
        }
        else
        {
            AddObject(text, random, depth: 0);
        }

        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        if (random.Next(20) == 0)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return bytes;
    }

    private static void AddObject(StringBuilder text, Random random, int depth)
    {
        text.Append('{');
        var names = Enumerable.Range(0, random.Next(6)).Select(_ => Members[random.Next(Members.Length)]).Distinct(StringComparer.Ordinal);
        text.AppendJoin(',', names.Select(name => $"\"{name}\":{Value(random, depth)}"));
        text.Append('}');
    }

    private static string Value(Random random, int depth)
    {
        if (depth < MaxDepth && random.Next(4) == 0)
        {
            var inner = new StringBuilder();
            AddObject(inner, random, depth + 1);
            return inner.ToString();
        }

        return Values[random.Next(Values.Length)];
    }

    private static async Task<JsonElement> ReadAsync(byte[] body)
    {
        using var content = new MemoryStream(body);
        return await JsonBody.ReadAsync(new DefaultHttpContext { Request = { Body = content, ContentLength = body.Length } });
    }
}
