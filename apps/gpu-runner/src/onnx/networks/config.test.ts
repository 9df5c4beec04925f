import { describe, expect, it } from 'vitest';
import { loadNetworkFixture } from '../../../../../test/network-fixture.ts';
import { Graph } from '../graph.ts';
import { readTensor } from '../tensor-source.ts';
import { parseControlNet } from './control-net-model.ts';
import { parseAutoencoder } from './parse-autoencoder.ts';
import { placeTeacher } from './teacher-networks.ts';
import { parseUNet } from './unet-2d-condition-model.ts';

const starter = loadNetworkFixture('starter').networks;
const random = loadNetworkFixture('linear-projection').networks;
const changed = (config: unknown, fields: Record<string, unknown>): unknown => ({
  ...Object(config),
  ...fields,
});

const tiny = { _class_name: 'AutoencoderTiny' };

describe('network configs', () => {
  it.each([
    ['class_embed_type', 'timestep'],
    ['addition_embed_type', 'text_time'],
    ['upcast_attention', 'yes'],
    ['only_cross_attention', true],
    ['mid_block_type', 'UNetMidBlock2DSimpleCrossAttn'],
    ['down_block_types', ['AttnDownBlock2D', 'DownBlock2D', 'DownBlock2D']],
    ['act_fn', 'mish'],
    ['resnet_time_scale_shift', 'scale_shift'],
    ['time_cond_proj_dim', 256],
    ['cross_attention_dim', [384, 384, 384]],
    ['a_field_of_tomorrow', 1],
  ])('refuse %s = %j by name', (field, value) => {
    const config = changed(starter.unet.config, { [field]: value });
    expect(() => parseUNet(config)).toThrow(
      new RegExp(
        `UNet2DConditionModel: expected a supported ${field}.*got ${escaped(JSON.stringify(value))}`,
      ),
    );
  });

  it('refuse what a ControlNet or an autoencoder does not support', () => {
    expect(() =>
      parseControlNet(changed(starter.controlnet.config, { global_pool_conditions: true })),
    ).toThrow('ControlNetModel: expected a supported global_pool_conditions');
    expect(() => parseAutoencoder(changed(tiny, { shift_factor: 0.1 }))).toThrow(
      'AutoencoderTiny: expected a supported shift_factor',
    );
    expect(() =>
      parseAutoencoder(
        changed(tiny, { encoder_block_out_channels: [32, 64, 64], num_encoder_blocks: [1, 1, 1] }),
      ),
    ).toThrow('AutoencoderTiny: expected 3 equal encoder_block_out_channels, got [32,64,64]');
    expect(() => parseAutoencoder(changed(random.vae.config, { latents_mean: [0] }))).toThrow(
      'AutoencoderKL: expected a supported latents_mean',
    );
  });

  it('refuse another class by its name', () => {
    expect(() => parseAutoencoder({ _class_name: 'VQModel' })).toThrow(
      'expected _class_name AutoencoderKL or AutoencoderTiny, got VQModel',
    );
    expect(() => parseUNet(starter.controlnet.config)).toThrow('expected _class_name UNet2DConditionModel');
  });

  it('refuse lists of another length than the levels', () => {
    expect(() => parseUNet(changed(random.unet.config, { attention_head_dim: [1, 3] }))).toThrow(
      'expected 4 values of attention_head_dim, got [1,3]',
    );
  });

  it('take the sparse config of an old Stable Diffusion 1 checkpoint, with the defaults of diffusers', () => {
    const { shape } = parseUNet({
      _class_name: 'UNet2DConditionModel',
      _diffusers_version: '0.6.0',
      act_fn: 'silu',
      attention_head_dim: 8,
      block_out_channels: [320, 640, 1280, 1280],
      center_input_sample: false,
      cross_attention_dim: 768,
      down_block_types: [
        'CrossAttnDownBlock2D',
        'CrossAttnDownBlock2D',
        'CrossAttnDownBlock2D',
        'DownBlock2D',
      ],
      downsample_padding: 1,
      flip_sin_to_cos: true,
      freq_shift: 0,
      in_channels: 4,
      layers_per_block: 2,
      mid_block_scale_factor: 1,
      norm_eps: 1e-5,
      norm_num_groups: 32,
      out_channels: 4,
      sample_size: 64,
      up_block_types: ['UpBlock2D', 'CrossAttnUpBlock2D', 'CrossAttnUpBlock2D', 'CrossAttnUpBlock2D'],
    });
    expect(shape).toMatchObject({ linearProjection: false, textWidth: 768, groups: 32 });
    expect(shape.levels.map((level) => level.heads)).toEqual([8, 8, 8, 8]);
  });

  it('refuse networks that were not made for each other', () => {
    const unet = { ...starter.unet, config: changed(starter.unet.config, { cross_attention_dim: 24 }) };
    expect(() => placeTeacher(new Graph(), { ...starter, unet })).toThrow(
      'placeTeacher: expected ControlNet text width 24, got 384',
    );
  });
});

describe('readTensor', () => {
  it('names source, key and both shapes', () => {
    const { weights } = starter.vae;
    const channels = weights.find('encoder.layers.0.bias')?.shape[0] ?? 0;
    expect(() => readTensor(weights, 'encoder.layers.99.weight', [1])).toThrow(
      'readTensor: expected encoder.layers.99.weight [1] in vae, got no such tensor',
    );
    expect(() => readTensor(weights, 'encoder.layers.0.bias', [channels - 1])).toThrow(
      `readTensor: expected encoder.layers.0.bias of shape [${channels - 1}] in vae, got [${channels}]`,
    );
  });
});

function escaped(text: string): string {
  return text.replaceAll(/[[\]]/g, String.raw`\$&`);
}
