using System.Reflection;
using System.Text.Json;
using Carillon.Hosting;
using Carillon.Node.Hocon;
using Carillon.Web;
using Microsoft.Extensions.Configuration;

namespace Carillon.Node.Tests;

/// <summary>The reference file says what the code does: the same keys, the same defaults.</summary>
public sealed class ReferenceConfigTests
{
    private static readonly string Folder = Path.Combine(new DirectoryInfo(AppContext.BaseDirectory).Parent!.Parent!.Parent!.Parent!.FullName, "hocon");
    private static readonly string Reference = Path.Combine(Folder, "reference.conf");

    [Theory]
    [InlineData("reference.conf")]
    [InlineData("standalone.conf")]
    [InlineData("cluster.conf")]
    public void File_is_taken_by_the_options(string name)
    {
        var document = HoconDocument.Load(Path.Combine(Folder, name), static _ => "a value");

        Assert.Empty(ConfigSchema.For<CarillonOptions>("carillon").Flatten(document.Root).Problems);
    }

    [Fact]
    public void Every_key_of_the_options_is_in_the_reference_file()
    {
        var document = HoconDocument.Load(Reference, static _ => "a value");

        Assert.All(Keys(typeof(CarillonOptions), "carillon"), key => Assert.True(document.Find(key) is not null, $"{key} is missing"));
    }

    [Theory]
    [InlineData(typeof(JobOptions))]
    [InlineData(typeof(ScheduleOptions))]
    [InlineData(typeof(CalendarOptions))]
    [InlineData(typeof(DailyWindowOptions))]
    [InlineData(typeof(RetryOptions))]
    [InlineData(typeof(RunOptions))]
    [InlineData(typeof(QueueOptions))]
    [InlineData(typeof(TokenOptions))]
    public void Every_key_of_an_item_is_in_the_comments_of_the_reference_file(Type item)
    {
        var words = string.Join('\n', File.ReadLines(Reference).Where(static line => line.TrimStart().StartsWith('#')))
            .Split([' ', ',', '=', '{', '}', '#', ':', '\n'], StringSplitOptions.RemoveEmptyEntries);

        Assert.All(item.GetProperties().Select(static p => Kebab(p.Name)), key => Assert.Contains(key, words));
    }

    [Fact]
    public void Defaults_of_the_reference_file_are_those_of_the_options()
    {
        var document = HoconDocument.Load(Reference, static _ => null);
        var values = ConfigSchema.For<CarillonOptions>("carillon").Flatten(document.Root).Values;
        var configuration = new ConfigurationBuilder()
            .AddConfigValues(values)
            .Build();
        var options = new CarillonOptions();

        configuration.GetSection("carillon").Bind(options);

        Assert.Equal(JsonSerializer.Serialize(new CarillonOptions()), JsonSerializer.Serialize(options));
    }

    private static IEnumerable<string> Keys(Type type, string path)
    {
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var key = $"{path}.{Kebab(property.Name)}";
            var isGroup = property.PropertyType is { IsClass: true, IsGenericType: false } group && group != typeof(string);
            foreach (var found in isGroup ? Keys(property.PropertyType, key) : [key])
            {
                yield return found;
            }
        }
    }

    private static string Kebab(string name)
    {
        return JsonNamingPolicy.KebabCaseLower.ConvertName(name);
    }
}
