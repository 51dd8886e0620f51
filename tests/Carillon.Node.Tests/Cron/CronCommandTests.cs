using System.Collections;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Carillon.Model;
using Carillon.Node.Cron;

namespace Carillon.Node.Tests.Cron;

public sealed class CronCommandTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 28, 12, 0, 0, TimeSpan.Zero);

    private readonly StringWriter _output = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
    private readonly StringWriter _errors = new(CultureInfo.InvariantCulture) { NewLine = "\n" };

    [Fact]
    public async Task Expression_is_told_in_words_with_its_next_times_and_the_changes_of_the_clocks()
    {
        var code = await ExplainAsync(new CronQuestion
        {
            Expression = "30 2 * * *",
            TimeZone = "Europe/Berlin",
            Dst = DstPolicy.Skip,
            Count = 2,
        });

        Assert.Equal((0, string.Empty), (code, _errors.ToString()));
        Assert.Equal(
            """
            minute        30  30
            hour          2   2
            day-of-month  *   any
            month         *   every month
            day-of-week   *   any

            next times in Europe/Berlin, dst = skip:
            2026-03-29T02:30:00  not due: 02:30 does not exist on 2026-03-29, when clocks go forward from 02:00 to 03:00: it does not run (dst = skip)
            2026-03-30T02:30:00+02:00
            2026-03-31T02:30:00+02:00

            changes of the clocks within a year that affect it:
            2026-03-29  02:30 does not exist on 2026-03-29, when clocks go forward from 02:00 to 03:00: it does not run (dst = skip)
            2026-10-25  02:30 comes twice on 2026-10-25, when clocks go back from 03:00 to 02:00: runs the first time only (dst = skip)
            2027-03-28  02:30 does not exist on 2027-03-28, when clocks go forward from 02:00 to 03:00: it does not run (dst = skip)

            """,
            _output.ToString());
    }

    [Theory]
    [InlineData(0, "@daily")]
    [InlineData(0, "0 0 12 * * ? 2099", "--quartz", "--dst", "both")]
    [InlineData(2, "@daily", "--dst", "moon")]
    [InlineData(2, "0 0 * * ?", "--quartz")]
    public async Task Command_line_is_understood(int code, params string[] arguments)
    {
        var line = CommandLine.Parse(["cron", "explain", .. arguments], new Hashtable());

        var answered = line.Errors.Count > 0
            ? 2
            : await line.InvokeAsync(new InvocationConfiguration { Output = _output, Error = _errors });

        Assert.Equal(code, answered);
        Assert.Equal(code == 0, _output.ToString().Length > 0);
    }

    [Fact]
    public async Task Json_holds_the_same()
    {
        var code = await ExplainAsync(new CronQuestion { Expression = "0 0 13 * 5", Count = 3, IsJson = true });

        var answer = JsonElement.Parse(_output.ToString());
        Assert.Equal(0, code);
        Assert.Equal("shift", answer.GetProperty("dst").GetString());
        Assert.Equal(5, answer.GetProperty("fields").GetArrayLength());
        Assert.Equal("13", answer.GetProperty("fields")[2].GetProperty("meaning").GetString());
        Assert.Equal("Friday", answer.GetProperty("fields")[4].GetProperty("meaning").GetString());
        Assert.Equal(3, answer.GetProperty("items").GetArrayLength());
        Assert.Equal("2026-04-03T00:00:00+00:00", answer.GetProperty("items")[0].GetProperty("local_time").GetString());
        Assert.Equal(0, answer.GetProperty("affected_dates").GetArrayLength());
    }

    [Theory]
    [InlineData("0 24 * * *", "'0 24 * * *' has hour '24', which is not a value of this field; allowed: ", "  ^^")]
    [InlineData("0 0\t32 * *", "'0 0 32 * *' has day-of-month '32'", "    ^^")]
    [InlineData("0 0 * *", "'0 0 * *' has 4 fields; allowed: 5 fields", "       ^")]
    public async Task Fault_is_a_sentence_with_a_caret_under_it(string expression, string sentence, string caret)
    {
        var code = await ExplainAsync(new CronQuestion { Expression = expression });

        var lines = _errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal((2, string.Empty, 3), (code, _output.ToString(), lines.Length));
        Assert.StartsWith(sentence, lines[0], StringComparison.Ordinal);
        Assert.Equal((expression.Replace('\t', ' '), caret), (lines[1], lines[2]));
    }

    [Theory]
    [InlineData("0 0 30 2 *", "UTC", 5, "cron '0 0 30 2 *' never fires; allowed: ")]
    [InlineData("@daily", "Mars", 5, "time-zone 'Mars' is not a known time zone; allowed: ")]
    [InlineData("@daily", "UTC", 0, "--count 0 is out of range; allowed: 1 to 100.")]
    public async Task Other_problem_is_a_sentence(string expression, string zone, int count, string sentence)
    {
        var code = await ExplainAsync(new CronQuestion { Expression = expression, TimeZone = zone, Count = count });

        Assert.Equal(2, code);
        Assert.StartsWith(sentence, _errors.ToString(), StringComparison.Ordinal);
    }

    private Task<int> ExplainAsync(CronQuestion question) => CronCommand.ExplainAsync(question, Now, _output, _errors);
}
