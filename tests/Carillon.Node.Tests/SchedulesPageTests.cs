using Carillon.Hosting;
using Carillon.Node.Hocon;
using Microsoft.Extensions.Hosting;

namespace Carillon.Node.Tests;

/// <summary>A node starts with what the page about schedules shows.</summary>
public sealed class SchedulesPageTests
{
    private static readonly string Page = Path.Combine(
        new DirectoryInfo(AppContext.BaseDirectory).Parent!.Parent!.Parent!.Parent!.FullName, "docs", "schedules.md");

    [Theory]
    [InlineData(0, 6, 0)]
    [InlineData(1, 1, 4)]
    public void Configuration_of_the_page_is_taken(int example, int jobs, int calendars)
    {
        var options = Configured(Examples()[example]);

        Assert.Equal((jobs, calendars), (options.Jobs.Count, options.Calendars.Count));
    }

    [Theory]
    [InlineData("holidays = [", "holidays = [\"12-32\", ", "carillon.calendars.holidays.holidays '12-32' is not a day")]
    [InlineData("exclude = [", "exclude = [moon, ", "job 'reminders': schedule.exclude 'moon' is not a calendar")]
    public void Wrong_calendar_stops_the_start_and_is_named(string text, string wrong, string problem)
    {
        var example = Examples()[1].Replace(text, wrong, StringComparison.Ordinal);

        var error = Assert.Throws<CarillonOptionsException>(() => Configured(example));

        Assert.Contains(error.Problems, found => found.Sentence.StartsWith(problem, StringComparison.Ordinal));
    }

    private static string[] Examples() =>
        [.. File.ReadAllText(Page).Split("```hocon\n").Skip(1).Select(static block => block.Split("```")[0])];

    private static CarillonOptions Configured(string hocon)
    {
        var config = ConfigSchema.For<CarillonOptions>("carillon").Flatten(HoconDocument.Parse(hocon, "schedules.md").Root);
        Assert.Empty(config.Problems);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddConfigValues(config.Values);
        var options = new CarillonOptions();
        builder.AddCarillon("carillon", carillon => carillon.Configure(configured => options = configured));
        return options;
    }
}
