// The sentences of the rooms that the page speaks from, by key, in Chinese and English.
import failures from '../../texts/failures.json';
import layers from '../../texts/layers.json';
import views from '../../texts/views.json';
import web from '../../texts/web.json';

export default { ...failures, ...layers, ...views, ...web };
