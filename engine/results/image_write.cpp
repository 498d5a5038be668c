#include <hdf5_hl.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include <fmt/format.h>

#include "engine/core/contracts.hpp"
#include "engine/results/digest.hpp"
#include "engine/results/image.hpp"
#include "engine/results/layout.hpp"
#include "engine/results/soundness.hpp"

namespace segue {
namespace {

constexpr hsize_t largest_chunk = 1U << 20U;  // [values]

std::vector<hsize_t> shape(const Results& results, const std::vector<std::string>& dimensions) {
    std::vector<hsize_t> sizes;
    for (const std::string& dimension : dimensions) sizes.push_back(results.axis(dimension)->size());
    return sizes;
}

/// No times, so that equal results are equal bytes; order of attributes kept, as netCDF-4 asks.
void plain_object(hid_t creation) {
    checked(H5Pset_obj_track_times(creation, false), "no object times");
    checked(H5Pset_attr_creation_order(creation, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED), "attribute order");
}

void ordered_group(hid_t creation) {
    plain_object(creation);
    checked(H5Pset_link_creation_order(creation, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED), "link order");
}

Hdf5Handle dataset_creation() {
    Hdf5Handle creation{H5Pcreate(H5P_DATASET_CREATE), H5Pclose, "dataset settings"};
    plain_object(creation.id());
    return creation;
}

/// One replicate a chunk; a large one is cut along its first dimensions.
std::vector<hsize_t> chunk_of(std::vector<hsize_t> sizes, bool by_replicate) {
    if (by_replicate) sizes.front() = 1;
    hsize_t cells = 1;
    for (const hsize_t size : sizes) cells *= size;
    for (hsize_t& size : sizes) {
        const hsize_t rest = cells / size;
        if (cells <= largest_chunk) break;
        size = std::max<hsize_t>(1, largest_chunk / std::max<hsize_t>(rest, 1));
        cells = rest * size;
    }
    return sizes;
}

/// Filters that every reader has.
void compress(hid_t creation, const std::vector<hsize_t>& chunk) {
    checked(H5Pset_chunk(creation, static_cast<int>(chunk.size()), chunk.data()), "chunk");
    checked(H5Pset_shuffle(creation), "shuffle");
    checked(H5Pset_deflate(creation, 4), "deflate");
    checked(H5Pset_fletcher32(creation), "fletcher32");
    checked(H5Pset_fill_time(creation, H5D_FILL_TIME_NEVER), "fill time");
}

Hdf5Handle space_of(const std::vector<hsize_t>& sizes) {
    if (sizes.empty()) return {H5Screate(H5S_SCALAR), H5Sclose, "space"};
    return {H5Screate_simple(static_cast<int>(sizes.size()), sizes.data(), nullptr), H5Sclose, "space"};
}

void set_attribute(hid_t object, const std::string& name, const std::string& value) {
    const Hdf5Handle type = text_type(value.size() + 1);
    const Hdf5Handle space = space_of({});
    const Hdf5Handle creation{H5Pcreate(H5P_ATTRIBUTE_CREATE), H5Pclose, "attribute settings"};
    checked(H5Pset_char_encoding(creation.id(), H5T_CSET_UTF8), "attribute encoding");
    const Hdf5Handle attribute{H5Acreate2(object, name.c_str(), type.id(), space.id(), creation.id(), H5P_DEFAULT),
                               H5Aclose, "attribute"};
    checked(H5Awrite(attribute.id(), type.id(), value.c_str()), "attribute");
}

void set_attributes(hid_t object, const Attributes& attributes) {
    for (const auto& [name, value] : attributes) set_attribute(object, name, value);
}

template <class Described>
void describe(hid_t dataset, const Described& one) {
    set_attribute(dataset, "units", one.units);
    set_attribute(dataset, "long_name", one.long_name);
    set_attributes(dataset, one.attributes);
}

Hdf5Handle create_dataset(hid_t group, const std::string& name, hid_t type, const std::vector<hsize_t>& sizes,
                          hid_t creation) {
    const Hdf5Handle space = space_of(sizes);
    return {H5Dcreate2(group, name.c_str(), type, space.id(), H5P_DEFAULT, creation, H5P_DEFAULT), H5Dclose, "dataset"};
}

template <class T>
Hdf5Handle write_numbers(hid_t file, const std::string& name, const std::vector<hsize_t>& sizes, bool by_replicate,
                         const std::vector<T>& values) {
    const Hdf5Handle creation = dataset_creation();
    if (!sizes.empty() && !values.empty()) compress(creation.id(), chunk_of(sizes, by_replicate));
    Hdf5Handle dataset = create_dataset(file, name, stored_type(T{}), sizes, creation.id());
    if (!values.empty()) {
        checked(H5Dwrite(dataset.id(), memory_type(T{}), H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), "values");
    }
    return dataset;
}

Hdf5Handle write_texts(hid_t group, const std::string& name, const std::vector<hsize_t>& sizes,
                       const std::vector<std::string>& texts) {
    const Hdf5Handle creation = dataset_creation();
    const Hdf5Handle type = any_length_text_type();
    Hdf5Handle dataset = create_dataset(group, name, type.id(), sizes, creation.id());
    std::vector<const char*> pointers;
    for (const std::string& text : texts) pointers.push_back(text.c_str());
    checked(H5Dwrite(dataset.id(), type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()), "texts");
    return dataset;
}

void write_bounds(hid_t file, const Axis& axis, hid_t scale, hid_t bound) {
    const Hdf5Handle bounds = write_numbers(file, bounds_name(axis), {axis.numbers.size(), 2}, false, axis.bounds);
    set_attribute(bounds.id(), "units", axis.units);
    set_attribute(bounds.id(), "long_name", "first day and day after the last of each " + axis.name);
    set_attribute(bounds.id(), "calendar", "standard");
    checked(H5DSattach_scale(bounds.id(), scale, 0), "dimension of bounds");
    checked(H5DSattach_scale(bounds.id(), bound, 1), "dimension of bounds");
}

/// What CF asks of a time axis.
void describe_time(hid_t scale, const Axis& axis) {
    set_attribute(scale, "standard_name", "time");
    set_attribute(scale, "axis", "T");
    set_attribute(scale, "calendar", "standard");
    set_attribute(scale, "bounds", bounds_name(axis));
}

Hdf5Handle write_axis(hid_t file, const Axis& axis) {
    const std::vector<hsize_t> sizes{axis.size()};
    Hdf5Handle scale = axis.labels.empty() ? write_numbers(file, axis.name, sizes, false, axis.numbers)
                                           : write_texts(file, axis.name, sizes, axis.labels);
    checked(H5DSset_scale(scale.id(), axis.name.c_str()), "dimension scale");
    describe(scale.id(), axis);
    if (!axis.bounds.empty()) describe_time(scale.id(), axis);
    return scale;
}

/// A dimension without values of its own, spelled as netCDF-4 spells one.
Hdf5Handle write_bound_dimension(hid_t file) {
    const Hdf5Handle creation = dataset_creation();
    Hdf5Handle scale = create_dataset(file, bound_dimension, H5T_IEEE_F32BE, {2}, creation.id());
    const std::string name = fmt::format("This is a netCDF dimension but not a netCDF variable.{:10}", 2);
    checked(H5DSset_scale(scale.id(), name.c_str()), "dimension scale");
    return scale;
}

std::vector<Hdf5Handle> write_axes(hid_t file, const Results& results) {
    std::vector<Hdf5Handle> scales;
    for (const Axis& axis : results.axes) scales.push_back(write_axis(file, axis));
    if (std::any_of(results.axes.begin(), results.axes.end(), [](const Axis& axis) { return !axis.bounds.empty(); })) {
        const Hdf5Handle bound = write_bound_dimension(file);
        for (std::size_t i = 0; i < scales.size(); ++i) {
            const Axis& axis = results.axes[i];
            if (!axis.bounds.empty()) write_bounds(file, axis, scales[i].id(), bound.id());
        }
    }
    return scales;
}

std::size_t position_of(const Results& results, const std::string& axis) {
    std::size_t position = 0;
    while (results.axes[position].name != axis) ++position;
    return position;
}

void write_variable(hid_t file, const Results& results, const Variable& variable,
                    const std::vector<Hdf5Handle>& scales) {
    const std::vector<hsize_t> sizes = shape(results, variable.dimensions);
    const bool by_replicate = !sizes.empty() && variable.dimensions.front() == replicate_dimension;
    const Hdf5Handle dataset =
        std::visit([&](const auto& values) { return write_numbers(file, variable.name, sizes, by_replicate, values); },
                   variable.values);
    describe(dataset.id(), variable);
    for (unsigned i = 0; i < variable.dimensions.size(); ++i) {
        const hid_t scale = scales[position_of(results, variable.dimensions[i])].id();
        checked(H5DSattach_scale(dataset.id(), scale, i), "dimension");
    }
}

Hdf5Handle group_in(hid_t parent, const std::string& name) {
    const htri_t exists = checked(H5Lexists(parent, name.c_str(), H5P_DEFAULT), "group");
    if (exists > 0) return {H5Gopen2(parent, name.c_str(), H5P_DEFAULT), H5Gclose, "group"};
    const Hdf5Handle creation{H5Pcreate(H5P_GROUP_CREATE), H5Pclose, "group settings"};
    ordered_group(creation.id());
    return {H5Gcreate2(parent, name.c_str(), H5P_DEFAULT, creation.id(), H5P_DEFAULT), H5Gclose, "group"};
}

/// "data/life_table.csv" goes into the group "data".
Hdf5Handle write_text(hid_t group, const std::string& name, const std::string& text) {
    const std::size_t slash = name.find('/');
    if (slash == std::string::npos) return write_texts(group, name, {}, {text});
    const Hdf5Handle inner = group_in(group, name.substr(0, slash));
    return write_text(inner.id(), name.substr(slash + 1), text);
}

void write_provenance(hid_t file, const Results& results, const std::string& digest, const std::string& seal) {
    const Hdf5Handle group = group_in(file, provenance_group);
    for (std::size_t i = 0; i < results.provenance.texts.size(); ++i) {
        const auto& [name, text] = results.provenance.texts[i];
        const Hdf5Handle dataset = write_text(group.id(), name, text);
        set_attribute(dataset.id(), "long_name", name);
        set_attribute(dataset.id(), position_attribute, fmt::to_string(i));
    }
    const Hdf5Handle sum = write_text(group.id(), "digest", digest);
    set_attribute(sum.id(), "long_name", "SHA-256 of every axis and variable");
    const Hdf5Handle rest = write_text(group.id(), "seal", seal);
    set_attribute(rest.id(), "long_name",
                  "SHA-256 of the file's attributes, the order of its variables and provenance");
}

/// Keeps the memory of a file that HDF5 closes. (H5Fget_file_image of HDF5 1.10 clears a flag that the superblock's
/// checksum covers, so that what it gives does not open.)
class ClosedFile {
public:
    ClosedFile() = default;
    ClosedFile(const ClosedFile&) = delete;
    ClosedFile& operator=(const ClosedFile&) = delete;
    ~ClosedFile() { std::free(memory_); }

    /// Files that are opened with `access` leave their memory here when they close.
    void follow(hid_t access) {
        H5FD_file_image_callbacks_t callbacks{
            .image_malloc = [](std::size_t size, H5FD_file_image_op_t, void*) { return std::malloc(size); },
            .image_memcpy = [](void* to, const void* from, std::size_t size, H5FD_file_image_op_t,
                               void*) { return std::memcpy(to, from, size); },
            .image_realloc = [](void* memory, std::size_t size, H5FD_file_image_op_t,
                                void*) { return std::realloc(memory, size); },
            .image_free = keep,
            .udata_copy = [](void* self) { return self; },
            .udata_free = [](void*) { return 0; },
            .udata = this};
        checked(H5Pset_file_image_callbacks(access, &callbacks), "file in memory");
    }

    /// As many bytes as the superblock says that the file has: what HDF5 set aside beyond them is no part of it.
    [[nodiscard]] Bytes bytes() const {
        constexpr std::size_t end_of_file = 28;  // where a superblock of version 2 keeps it
        SEGUE_EXPECT(memory_ != nullptr);
        std::uint64_t size = 0;
        std::memcpy(&size, memory_ + end_of_file, sizeof size);
        return {memory_, memory_ + size};
    }

private:
    static herr_t keep(void* memory, H5FD_file_image_op_t when, void* self) {
        if (when == H5FD_FILE_IMAGE_OP_FILE_CLOSE) {
            static_cast<ClosedFile*>(self)->memory_ = static_cast<std::byte*>(memory);
        } else {
            std::free(memory);
        }
        return 0;
    }

    std::byte* memory_{nullptr};
};

void write_content(hid_t file, const Results& results, const std::string& digest) {
    set_attributes(file, file_attributes(results));
    const std::vector<Hdf5Handle> scales = write_axes(file, results);
    for (const Variable& variable : results.variables) write_variable(file, results, variable, scales);
    write_provenance(file, results, digest, seal(results));
}

/// HDF5 1.10 does not survive an allocation that it is refused: it may crash or never come back. So the room that it will
/// take is asked for first, where being refused is an exception, and is given back untouched.
void ask_for_room(const Results& results) {
    std::size_t values = 0;
    for (const Variable& variable : results.variables)
        values += std::visit([](const auto& held) { return held.size(); }, variable.values);
    constexpr std::size_t of_its_own = std::size_t{32} << 20U;    // tables, caches, the image as it doubles
    constexpr std::size_t of_a_variable = std::size_t{1} << 19U;  // its cache of chunks, attributes and axes
    Bytes room;
    room.reserve(of_its_own + of_a_variable * results.variables.size() + 3 * values * sizeof(double));
}

}  // namespace

Bytes to_image(const Results& results, const std::string& digest) {
    const Hdf5Session session;
    ask_for_room(results);
    ClosedFile closed;
    const Hdf5Handle access = memory_access();
    closed.follow(access.id());
    const Hdf5Handle creation{H5Pcreate(H5P_FILE_CREATE), H5Pclose, "file settings"};
    ordered_group(creation.id());
    Hdf5Handle file{H5Fcreate(image_name, H5F_ACC_TRUNC, creation.id(), access.id()), H5Fclose, "new file"};
    write_content(file.id(), results, digest);
    file.close("closing");
    return closed.bytes();
}

}  // namespace segue
